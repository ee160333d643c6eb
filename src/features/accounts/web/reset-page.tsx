/** Where the link for a new password leads. */
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { ApiError, api } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { PASSWORD_MAX, PASSWORD_MIN } from '../rules.ts';
import { AuthForm } from './auth-form.tsx';
import { AUTH_LINK, AuthFrame } from './auth-frame.tsx';
import { PasswordField } from './password-field.tsx';
import { secretOfAddress } from './secret-of-address.ts';

export default function ResetPage() {
  const t = useTranslations('reset');
  const security = useTranslations('security');
  const words = useErrorWords();
  const [token] = useState(() => secretOfAddress('token'));
  const [state, setState] = useState<'asking' | 'done' | 'lapsed'>(token ? 'asking' : 'lapsed');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const newPassword = new FormData(event.currentTarget).get('newPassword');
    setBusy(true);
    setProblem(null);
    try {
      await api('POST', '/api/auth/reset-password', { newPassword, token });
      setState('done');
    } catch (error) {
      if (error instanceof ApiError && error.code === 'INVALID_TOKEN') setState('lapsed');
      else setProblem(words(error));
    }
    setBusy(false);
  };
  const text = { asking: t('text'), done: t('done'), lapsed: t('lapsed') }[state];
  return (
    <AuthFrame
      title={t('title')}
      text={<span role="status">{text}</span>}
      foot={
        <Link href={state === 'lapsed' ? '/forgot' : '/sign-in'} className={AUTH_LINK}>
          {t(state === 'lapsed' ? 'askAgain' : 'toSignIn')}
        </Link>
      }
    >
      {state === 'asking' && (
        <AuthForm onSubmit={submit} action={t('set')} busy={busy} problem={problem}>
          <PasswordField
            label={security('newPassword')}
            hint={security('passwordHint')}
            name="newPassword"
            autoComplete="new-password"
            minLength={PASSWORD_MIN}
            maxLength={PASSWORD_MAX}
            required
            autoFocus
          />
        </AuthForm>
      )}
    </AuthFrame>
  );
}
