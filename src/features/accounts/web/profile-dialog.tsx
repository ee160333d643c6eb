/** Who one is here: the name that others see, and the address one signs in with. */
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { TextField } from '#web/ui/field.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { Me } from '../accounts.ts';
import { NAME_MAX } from '../rules.ts';
import { PasswordField } from './password-field.tsx';
import { askWho, useMe } from './use-me.ts';
import { useSignUpRules } from './use-sign-up-rules.ts';

export default function ProfileDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('profile');
  const { data: me } = useMe();
  if (!me) return null;
  return (
    <Dialog title={t('title')} description={t('text')} onClose={onClose}>
      <ProfileForm me={me} onClose={onClose} />
    </Dialog>
  );
}

function ProfileForm({ me, onClose }: { me: Me; onClose: () => void }) {
  const t = useTranslations('profile');
  const security = useTranslations('security');
  const words = useErrorWords();
  const { data: rules } = useSignUpRules();
  const [email, setEmail] = useState(me.email);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const moves = email.trim().toLowerCase() !== me.email;
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const name = String(fields.get('name'));
    setBusy(true);
    setProblem(null);
    try {
      if (name !== me.name) await api('PATCH', '/api/v1/me', { name });
      if (moves) {
        const body = { email: email.trim(), password: fields.get('password') };
        await api('POST', '/api/v1/me/email', body);
      }
      askWho();
      toast(moves && rules?.mail ? t('onItsWay', { email: email.trim() }) : t('saved'));
      onClose();
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        label={t('name')}
        name="name"
        defaultValue={me.name}
        autoComplete="name"
        maxLength={NAME_MAX}
        required
      />
      <TextField
        label={t('email')}
        type="email"
        autoComplete="email"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        hint={moves && rules?.mail ? t('emailHint') : undefined}
        required
      />
      {!moves && rules?.mail && <Proof verified={me.emailVerified} />}
      {moves && (
        <PasswordField
          label={security('currentPassword')}
          name="password"
          autoComplete="current-password"
          required
        />
      )}
      <DialogFooter action={t('save')} busy={busy} problem={problem} onCancel={onClose} />
    </form>
  );
}

/** Whether the address is confirmed, and a way to have it confirmed. */
function Proof({ verified }: { verified: boolean }) {
  const t = useTranslations('profile');
  const words = useErrorWords();
  const [asked, setAsked] = useState(false);
  const ask = () => {
    setAsked(true);
    api('POST', '/api/auth/send-verification-email', {}).then(
      () => toast(t('asked')),
      (error) => {
        setAsked(false);
        toast(words(error));
      },
    );
  };
  if (verified) return <p className="-mt-2 text-note text-muted">{t('verified')}</p>;
  return (
    <div className="-mt-2 flex flex-wrap items-center gap-3 text-note text-muted">
      <span>{t('unverified')}</span>
      <Button small disabled={asked} onClick={ask}>
        {t('verify')}
      </Button>
    </div>
  );
}
