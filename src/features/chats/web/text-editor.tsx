import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { usePreferences } from '#web/preferences.ts';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { draftOf, setDraft } from './drafts.ts';

type TextEditorProps = {
  /** What it says by now. */
  stored: string;
  /** What is typed is kept as drafts are, under this name, until it is saved. */
  draft: string;
  label: string;
  hint?: string;
  /** What saving it is called. */
  action: string;
  /** Something else that may become of it, by a button alone. */
  other?: { action: string; onSave: (text: string) => Promise<void> };
  /** It has paragraphs: Enter alone begins one. */
  paragraphs?: boolean;
  /** It stands among small things. */
  small?: boolean;
  /** Saves a text that is not empty; rejects where that is refused. */
  onSave: (text: string) => Promise<void>;
  /** Puts the editor away, saved or not. */
  onClose: () => void;
};

/** A text that is changed in its place: the keys are those of the composer, Escape leaves. */
export function TextEditor(props: TextEditorProps) {
  const { stored, draft, label, hint, action, other, onSave, onClose } = props;
  const { paragraphs = false, small = false } = props;
  const t = useTranslations('edit');
  const words = useErrorWords();
  const sendKey = usePreferences((preferences) => preferences.sendKey);
  const [text, setText] = useState(() => draftOf(draft) || stored);
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const box = field.current!;
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }, []);
  const ready = text.trim() !== '';
  const change = (next: string) => {
    setText(next);
    setDraft(draft, next === stored ? '' : next);
  };
  const save = async (how = onSave) => {
    if (!ready) return;
    try {
      await how(text);
    } catch (error) {
      return setProblem(words(error));
    }
    setDraft(draft, '');
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') {
      // Elsewhere on the page the key stops a reply.
      event.preventDefault();
      event.stopPropagation();
      return onClose();
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    const modifier = event.ctrlKey || event.metaKey;
    const touch = matchMedia('(pointer: coarse)').matches;
    if (!modifier && (paragraphs || sendKey !== 'enter' || touch || event.altKey)) return;
    event.preventDefault();
    void save();
  };
  return (
    <form
      className={cx(
        '@container flex flex-col gap-2 border border-outline/60 bg-surface transition-colors focus-within:border-accent',
        small ? 'rounded-medium p-2 text-sm leading-6' : 'mb-3 rounded-large p-3 leading-[1.6]',
      )}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <textarea
        ref={field}
        dir="auto"
        rows={paragraphs ? 6 : 2}
        value={text}
        aria-label={label}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        className={cx(
          'field-sizing-content min-h-12 w-full resize-none bg-transparent px-1 outline-none',
          small ? 'max-h-[25vh]' : 'max-h-[60vh]',
        )}
      />
      <div className="flex flex-wrap items-center justify-end gap-2">
        {(problem || hint) && (
          <p
            className={cx(
              'min-w-0 flex-1 basis-full px-1 text-note text-pretty @md:basis-0',
              problem ? 'text-danger' : 'text-muted',
            )}
            {...(problem && { role: 'alert' })}
          >
            {problem ?? hint}
          </p>
        )}
        <Button small look="quiet" onClick={onClose}>
          {t('cancel')}
        </Button>
        {other && (
          <Button small disabled={!ready} onClick={() => void save(other.onSave)}>
            {other.action}
          </Button>
        )}
        <Button small look="primary" type="submit" disabled={!ready}>
          {action}
        </Button>
      </div>
    </form>
  );
}
