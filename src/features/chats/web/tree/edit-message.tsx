/** A message that is rewritten in its place: one's own is sent anew, a reply is kept as one would have it. Both stand beside the original. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Message } from '#features/messages/messages.ts';
import { textOf } from '#features/messages/rules.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { usePreferences } from '#web/preferences.ts';
import { Button } from '#web/ui/button.tsx';
import { useWhoAnswers } from '../answering/who-answers.ts';
import { draftOf, setDraft } from '../drafts.ts';
import { send } from '../outbox.ts';
import { useChat } from '../use-chats.ts';
import { draftOfEdit, stopEditing } from './editing.ts';
import { rewrite } from './tree-actions.ts';

export default function EditMessage({ message }: { message: Message }) {
  const t = useTranslations('edit');
  const words = useErrorWords();
  const own = message.role === 'user';
  const sendKey = usePreferences((preferences) => preferences.sendKey);
  const chat = useChat(message.chatId, true);
  const { modelId } = useWhoAnswers(message.chatId, chat.data);
  const draft = draftOfEdit(message.id);
  const [text, setText] = useState(() => draftOf(draft) || textOf(message.content));
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const box = field.current!;
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }, []);

  const change = (next: string) => {
    setText(next);
    setDraft(draft, next === textOf(message.content) ? '' : next);
  };
  const ready = text.trim() !== '';
  const submit = async () => {
    if (!ready) return;
    if (own) {
      const { chatId, parentId } = message;
      send({ chatId, parentId, text, modelId });
    } else
      try {
        await rewrite(message, text);
      } catch (error) {
        return setProblem(words(error));
      }
    setDraft(draft, '');
    stopEditing(message.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') {
      // Elsewhere on the page the key stops a reply.
      event.preventDefault();
      event.stopPropagation();
      return stopEditing(message.id);
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    const modifier = event.ctrlKey || event.metaKey;
    const touch = matchMedia('(pointer: coarse)').matches;
    // A reply has paragraphs.
    if (modifier || (own && sendKey === 'enter' && !touch && !event.altKey)) {
      event.preventDefault();
      void submit();
    }
  };
  return (
    <form
      className="mb-3 flex flex-col gap-2 rounded-large border border-outline/60 bg-surface p-3 transition-colors focus-within:border-accent"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <textarea
        ref={field}
        dir="auto"
        rows={own ? 2 : 6}
        value={text}
        aria-label={own ? t('own') : t('reply')}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-[60vh] min-h-16 w-full resize-none bg-transparent px-1 leading-[1.6] outline-none"
      />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p className="min-w-0 flex-1 text-note text-pretty text-muted">
          {problem ? (
            <span role="alert" className="text-danger">
              {problem}
            </span>
          ) : own ? (
            t('ownHint')
          ) : (
            t('replyHint')
          )}
        </p>
        <Button small look="quiet" onClick={() => stopEditing(message.id)}>
          {t('cancel')}
        </Button>
        <Button small look="primary" type="submit" disabled={!ready}>
          {own ? t('send') : t('save')}
        </Button>
      </div>
    </form>
  );
}
