import { useTranslations } from 'use-intl';
import { textOf } from '#features/messages/rules.ts';
import type { OutboxItem } from '../../outbox.ts';
import { setDraft } from '../drafts.ts';
import { TextEditor } from '../text-editor.tsx';
import { rewriteItem } from './outbox-actions.ts';

/** A message that waits, changed in its place. */
export function EditItem({ item, onDone }: { item: OutboxItem; onDone: () => void }) {
  const t = useTranslations('edit');
  const stored = textOf(item.content);
  const draft = `outbox.${item.id}`;
  const close = () => {
    setDraft(draft, '');
    onDone();
  };
  return (
    <TextEditor
      stored={stored}
      draft={draft}
      label={t('own')}
      action={t('save')}
      small
      onSave={async (text) => {
        if (text !== stored) await rewriteItem(item, text);
      }}
      onClose={close}
    />
  );
}
