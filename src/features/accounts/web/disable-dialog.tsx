import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { AdminUser } from '../accounts.ts';
import { useMe } from './use-me.ts';
import { changeUser } from './use-users.ts';
import { useUserProblem } from './user-dialog.tsx';

type DisableDialogProps = { user: AdminUser; name: string; onClose: () => void };

/** Asks before somebody is shut out, and says what that means. */
export function DisableDialog({ user, name, onClose }: DisableDialogProps) {
  const t = useTranslations('users');
  const problemWords = useUserProblem();
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
      {me?.id === user.id && <p className="mb-4 text-sm font-medium">{t('disableSelf')}</p>}
      {problem && (
        <p role="alert" className="mb-4 text-sm text-danger">
          {problem}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button look="danger" disabled={busy} onClick={() => void disable()}>
          {t('disable')}
        </Button>
      </div>
    </Dialog>
  );
}
