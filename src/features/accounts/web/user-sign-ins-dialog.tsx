/** Where somebody else is signed in, for admins, and the way to end all of it. */
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { Failed, Skeleton } from '#web/ui/page.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { AdminUser } from '../accounts.ts';
import { SignInRow } from './sign-in-row.tsx';
import { useMe } from './use-me.ts';
import { signOutUser, useUserSignIns } from './use-users.ts';

type UserSignInsDialogProps = { user: AdminUser; name: string; onClose: () => void };

export function UserSignInsDialog({ user, name, onClose }: UserSignInsDialogProps) {
  const t = useTranslations('users');
  const { data: me } = useMe();
  const { data: signIns, isPending, isError, refetch } = useUserSignIns(user.id);
  const own = me?.id === user.id;
  const guest = user.role === 'guest';
  const text = own ? t('signInsOwn') : t(guest ? 'signInsGuest' : 'signInsText');
  return (
    <Dialog title={t('signInsTitle', { name })} description={text} onClose={onClose}>
      {isPending && <Skeleton lines={2} />}
      {isError && <Failed onRetry={() => void refetch()}>{t('signInsFailed')}</Failed>}
      {signIns?.length === 0 && <p className="text-sm text-muted">{t('signInsNone')}</p>}
      <ul className="-mt-2">
        {signIns?.map((signIn) => (
          <SignInRow key={signIn.id} signIn={signIn} />
        ))}
      </ul>
      {own || guest ? (
        <div className="mt-5 flex justify-end">
          <Button onClick={onClose}>{t('done')}</Button>
        </div>
      ) : (
        <SignOutForm user={user} name={name} onClose={onClose} />
      )}
    </Dialog>
  );
}

function SignOutForm({ user, name, onClose }: UserSignInsDialogProps) {
  const t = useTranslations('users');
  const words = useErrorWords();
  const [revokeKeys, setRevokeKeys] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await signOutUser(user.id, revokeKeys);
      toast(t('disabledNow', { name }));
      onClose();
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} className="mt-5 flex flex-col gap-4">
      <Checkbox
        label={t('revokeKeys')}
        hint={t('revokeKeysHint')}
        checked={revokeKeys}
        onChange={(event) => setRevokeKeys(event.target.checked)}
      />
      <DialogFooter action={t('signOut')} danger busy={busy} problem={problem} onCancel={onClose} />
    </form>
  );
}
