/** A message that is rewritten in its place: one's own is sent anew, a reply is kept as one would have it. Both stand beside the original. */
import { useTranslations } from 'use-intl';
import type { Message } from '#features/messages/messages.ts';
import { textOf } from '#features/messages/rules.ts';
import { send } from '../outgoing.ts';
import { TextEditor } from '../text-editor.tsx';
import { draftOfEdit, stopEditing } from './editing.ts';
import { rewrite } from './tree-actions.ts';

export default function EditMessage({ message }: { message: Message }) {
  const t = useTranslations('edit');
  const { id, chatId, parentId, content } = message;
  const own = message.role === 'user';
  const save = async (text: string) => {
    if (own) send({ chatId, parentId, text, modelId: null });
    else await rewrite(message, text);
  };
  return (
    <TextEditor
      stored={textOf(content)}
      draft={draftOfEdit(id)}
      label={own ? t('own') : t('reply')}
      hint={own ? t('ownHint') : t('replyHint')}
      action={own ? t('send') : t('save')}
      paragraphs={!own}
      onSave={save}
      onClose={stopEditing}
    />
  );
}
