import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { AdminUser } from '../accounts.ts';
import { useMe } from './use-me.ts';
import { changeUser } from './use-users.ts';

type DisableDialogProps = { user: AdminUser; name: string; onClose: () => void };

/** Asks before somebody is shut out, and says what that means. */
export function DisableDialog({ user, name, onClose }: DisableDialogProps) {
  const t = useTranslations('users');
  const problemWords = useErrorWords();
  const { data: me } = useMe();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const disable = async () => {
    setBusy(true);
    try {
      await changeUser(user.id, { disabled: true });
      toast(t('disabledNow', { name }));
      onClose();
    } catch (error) {
      setProblem(problemWords(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('disableTitle', { name })} description={t('disableText')} onClose={onClose}>
      <div className="flex flex-col gap-4">
        {me?.id === user.id && <p className="text-sm font-medium">{t('disableSelf')}</p>}
        <DialogFooter
          action={t('disable')}
          danger
          onAction={() => void disable()}
          busy={busy}
          problem={problem}
          onCancel={onClose}
        />
      </div>
    </Dialog>
  );
}
