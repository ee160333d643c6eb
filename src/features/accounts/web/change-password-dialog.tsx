import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { toast } from '#web/ui/toast.tsx';
import { PASSWORD_MAX, PASSWORD_MIN } from '../rules.ts';
import { PasswordField } from './password-field.tsx';
import { rereadApiKeys } from './use-api-keys.ts';

/** Another password. Whoever has the old one is out: other browsers always, programs if that is wanted. */
export default function ChangePasswordDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('security');
  const words = useErrorWords();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    try {
      await api('POST', '/api/auth/change-password', {
        currentPassword: fields.get('currentPassword'),
        newPassword: fields.get('newPassword'),
        revokeKeys: fields.has('revokeKeys'),
      });
      rereadApiKeys();
      toast(t('passwordChanged'));
      onClose();
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('changePassword')} description={t('changePasswordText')} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <PasswordField
          label={t('currentPassword')}
          name="currentPassword"
          autoComplete="current-password"
          required
        />
        <PasswordField
          label={t('newPassword')}
          hint={t('passwordHint')}
          name="newPassword"
          autoComplete="new-password"
          minLength={PASSWORD_MIN}
          maxLength={PASSWORD_MAX}
          required
        />
        <Checkbox name="revokeKeys" label={t('revokeKeys')} hint={t('revokeKeysHint')} />
        <DialogFooter action={t('change')} busy={busy} problem={problem} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
