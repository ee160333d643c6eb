/**
 * A message that is rewritten in its place: one's own is asked again or only kept, a reply is kept as one would have it. Each stands
 * beside the original.
 */
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { v7 as newId } from 'uuid';
import type { Message } from '#features/messages/messages.ts';
import { textOf } from '#features/messages/rules.ts';
import { send } from '../outgoing.ts';
import { TextEditor } from '../text-editor.tsx';
import { draftOfEdit, stopEditing } from './editing.ts';
import { rewrite } from './tree-actions.ts';

export default function EditMessage({ message }: { message: Message }) {
  const t = useTranslations('edit');
  const { id, chatId, parentId, content } = message;
  const stored = textOf(content);
  const own = message.role === 'user';
  // The same text under the same id, however often it has to be sent until it is there.
  const made = useRef({ text: '', id: '' });
  const keep = async (text: string) => {
    if (text === stored) return;
    if (made.current.text !== text) made.current = { text, id: newId() };
    await rewrite(message, text, made.current.id);
  };
  const askAgain = async (text: string) => {
    send({ chatId, parentId, text, modelId: null });
  };
  return (
    <TextEditor
      stored={stored}
      draft={draftOfEdit(id)}
      label={own ? t('own') : t('reply')}
      hint={own ? t('ownHint') : t('replyHint')}
      action={own ? t('askAgain') : t('save')}
      paragraphs={!own}
      onSave={own ? askAgain : keep}
      {...(own && { other: { action: t('save'), onSave: keep } })}
      onClose={stopEditing}
    />
  );
}
