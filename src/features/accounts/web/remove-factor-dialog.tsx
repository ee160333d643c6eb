import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { AdminUser } from '../accounts.ts';
import { removeSecondFactor } from './use-users.ts';

type RemoveFactorDialogProps = { user: AdminUser; name: string; onClose: () => void };

/** Asks before an account is opened to its password alone. */
export function RemoveFactorDialog({ user, name, onClose }: RemoveFactorDialogProps) {
  const t = useTranslations('users');
  const problemWords = useErrorWords();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    try {
      await removeSecondFactor(user.id);
      toast(t('factorRemoved', { name }));
      onClose();
    } catch (error) {
      setProblem(problemWords(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('removeFactorTitle', { name })} description={t('removeFactorText')} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <DialogFooter
          action={t('removeFactor')}
          danger
          onAction={() => void remove()}
          busy={busy}
          problem={problem}
          onCancel={onClose}
        />
      </div>
    </Dialog>
  );
}
