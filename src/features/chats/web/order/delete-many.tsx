import { useTranslations } from 'use-intl';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { type AskedProps, useAsked } from './use-asked.ts';

/** Asks before many chats are deleted, and says how many. */
export function DeleteMany({ count, ...asked }: AskedProps) {
  const t = useTranslations('bulk');
  const { busy, problem, submit } = useAsked(asked);
  return (
    <Dialog title={t('deleteTitle', { count })} description={t('deleteText')} onClose={asked.onClose}>
      <div className="flex flex-col gap-4">
        <DialogFooter
          action={t('deleteAction', { count })}
          onAction={() => void submit({ action: 'delete' })}
          danger
          busy={busy}
          problem={problem}
          onCancel={asked.onClose}
        />
      </div>
    </Dialog>
  );
}
