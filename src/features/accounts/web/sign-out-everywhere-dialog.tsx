import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { basePath } from '#web/base-path.ts';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { signOutEverywhere } from './use-me.ts';

/** Ends every session of this account, this one as well, and its programs' keys if that is wanted. */
export default function SignOutEverywhereDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('security');
  const words = useErrorWords();
  const [revokeKeys, setRevokeKeys] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const leave = async () => {
    setBusy(true);
    try {
      await signOutEverywhere(revokeKeys);
      // The page starts anew, so that nothing of this person stays in its memory.
      location.assign(`${basePath}/sign-in`);
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('signOutEverywhere')} description={t('signOutEverywhereText')} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <Checkbox
          label={t('revokeKeys')}
          hint={t('revokeKeysHint')}
          checked={revokeKeys}
          onChange={(event) => setRevokeKeys(event.target.checked)}
        />
        <DialogFooter
          action={t('signOut')}
          onAction={() => void leave()}
          busy={busy}
          problem={problem}
          onCancel={onClose}
        />
      </div>
    </Dialog>
  );
}
