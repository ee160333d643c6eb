/** Asking for a link to choose a new password. What is answered is the same whether there is such an account or not. */
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { api } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { TextField } from '#web/ui/field.tsx';
import { AuthForm } from './auth-form.tsx';
import { AUTH_LINK, AuthFrame } from './auth-frame.tsx';
import { useSignUpRules } from './use-sign-up-rules.ts';

export default function ForgotPage() {
  const t = useTranslations('reset');
  const auth = useTranslations('auth');
  const words = useErrorWords();
  const { data: rules, isPending } = useSignUpRules();
  const [asked, setAsked] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  if (isPending) return null;
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get('email'));
    setBusy(true);
    setProblem(null);
    try {
      await api('POST', '/api/auth/request-password-reset', { email });
      setAsked(email);
    } catch (error) {
      setProblem(words(error));
    }
    setBusy(false);
  };
  const closed = rules?.mail === false;
  const text = asked === null ? t(closed ? 'noMail' : 'askText') : t('onItsWay', { email: asked });
  return (
    <AuthFrame
      title={t('askTitle')}
      text={<span role="status">{text}</span>}
      foot={
        <Link href="/sign-in" className={AUTH_LINK}>
          {t('toSignIn')}
        </Link>
      }
    >
      {!closed && asked === null && (
        <AuthForm onSubmit={submit} action={t('ask')} busy={busy} problem={problem}>
          <TextField
            label={auth('email')}
            name="email"
            type="email"
            autoComplete="email"
            required
            autoFocus
          />
        </AuthForm>
      )}
    </AuthFrame>
  );
}
