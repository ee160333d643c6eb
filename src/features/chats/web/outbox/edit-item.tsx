import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { textOf } from '#features/messages/rules.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { usePreferences } from '#web/preferences.ts';
import { Button } from '#web/ui/button.tsx';
import type { OutboxItem } from '../../outbox.ts';
import { draftOf, setDraft } from '../drafts.ts';
import { rewriteItem } from './outbox-actions.ts';

/** A message that waits, changed in its place. What is typed is kept as drafts are, under its id. */
export function EditItem({ item, onDone }: { item: OutboxItem; onDone: () => void }) {
  const t = useTranslations('outbox');
  const words = useErrorWords();
  const sendKey = usePreferences((preferences) => preferences.sendKey);
  const draft = `outbox.${item.id}`;
  const stored = textOf(item.content);
  const [text, setText] = useState(() => draftOf(draft) || stored);
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const box = field.current!;
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }, []);
  const ready = text.trim() !== '';
  const close = () => {
    setDraft(draft, '');
    onDone();
  };
  const save = async () => {
    if (!ready) return;
    try {
      if (text !== stored) await rewriteItem(item, text);
      close();
    } catch (error) {
      setProblem(words(error));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') {
      // Elsewhere on the page the key stops a reply.
      event.preventDefault();
      event.stopPropagation();
      return close();
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    const touch = matchMedia('(pointer: coarse)').matches;
    if (!(event.ctrlKey || event.metaKey) && (sendKey !== 'enter' || touch || event.altKey)) return;
    event.preventDefault();
    void save();
  };
  return (
    <form
      className="flex flex-col gap-2 rounded-medium border border-outline/60 bg-surface p-2 transition-colors focus-within:border-accent"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <textarea
        ref={field}
        dir="auto"
        rows={2}
        value={text}
        aria-label={t('text')}
        onChange={(event) => {
          setText(event.target.value);
          setDraft(draft, event.target.value);
        }}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-[25vh] min-h-12 w-full resize-none bg-transparent px-1 text-sm leading-6 outline-none"
      />
      <div className="flex flex-wrap items-center justify-end gap-2">
        {problem && (
          <p role="alert" className="min-w-0 flex-1 text-note text-pretty text-danger">
            {problem}
          </p>
        )}
        <Button small look="quiet" onClick={close}>
          {t('cancel')}
        </Button>
        <Button small look="primary" type="submit" disabled={!ready}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
