/** Leaving for good: says what goes and what stays, and wants to be meant. */
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { forgetMe, PasswordField, useMe, useSecondFactor } from '#features/accounts/web/index.ts';
import { OwnDataLink } from '#features/transfer/web/index.ts';
import { api } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { basePath } from '#web/base-path.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { TextField } from '#web/ui/field.tsx';

export default function DeleteAccountDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('leaving');
  const words = useErrorWords();
  const { data: me } = useMe();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const guest = me?.role === 'guest';
  // Who always signs in through a provider has none to give.
  const { data: second } = useSecondFactor(me !== undefined && !guest);
  const password = !guest && second?.hasPassword !== false;
  const isMeant = typed.trim().toLowerCase() === t('word');
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isMeant) return;
    const given = new FormData(event.currentTarget).get('password');
    setBusy(true);
    setProblem(null);
    try {
      await api('DELETE', '/api/v1/me', password ? { password: given } : { confirm: true });
      forgetMe();
      // The page starts anew, so that nothing of this person stays in its memory.
      location.assign(`${basePath}/`);
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t(guest ? 'guestTitle' : 'title')} description={t('text')} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {!guest && <p className="text-sm text-pretty text-muted">{t('shared')}</p>}
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-medium bg-hover px-3.5 py-3">
          <p className="text-sm text-pretty">{t('before')}</p>
          <OwnDataLink>{t('takeAlong')}</OwnDataLink>
        </div>
        {password && (
          <PasswordField label={t('password')} name="password" autoComplete="current-password" required />
        )}
        <TextField
          label={t('typed', { word: t('word') })}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
        />
        <DialogFooter
          action={t(guest ? 'deleteGuest' : 'delete')}
          danger
          busy={busy || !isMeant}
          problem={problem}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
}
