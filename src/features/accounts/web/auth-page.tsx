import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { api } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { TextField } from '#web/ui/field.tsx';
import { AuthForm } from './auth-form.tsx';
import { AuthFrame } from './auth-frame.tsx';
import { isOwnPage, nextPage } from './next-page.ts';
import { PasswordField } from './password-field.tsx';
import { goOnAs, type SignedIn } from './use-me.ts';

type AuthPageProps = {
  title: string;
  /** A sentence under the title. */
  text: ReactNode;
  /** What the button says. */
  submit: string;
  /** Where the form goes. */
  path: string;
  /** The way to the other page. */
  foot: ReactNode;
  /** A new account has a name, and a password that is not there yet. */
  newAccount?: { nameMax: number };
  /** The only address it may be, and which therefore stands there. */
  email?: string | undefined;
  /** Under the password. */
  underPassword?: ReactNode;
  /** What else is asked for. */
  more?: ReactNode;
  /** Nothing can be done here: no form. */
  closed?: boolean;
  /** Ways in beside the form. */
  beside?: ReactNode;
  onRefused?: (error: unknown) => void;
  /** The password was right, and a code is to follow. */
  onSecondFactor?: () => void;
};

/** The page on which somebody says who they are: its words, its form, and the way to the other one. */
export function AuthPage(props: AuthPageProps) {
  const {
    title,
    text,
    submit,
    path,
    foot,
    newAccount,
    more,
    email,
    underPassword,
    closed = false,
    beside,
    onRefused,
    onSecondFactor,
  } = props;
  const t = useTranslations('auth');
  const words = useErrorWords();
  const [, navigate] = useLocation();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const fields = Object.fromEntries(new FormData(event.currentTarget));
      const answer = await api<SignedIn | { twoFactorRedirect: true }>('POST', path, fields);
      if ('twoFactorRedirect' in answer) return onSecondFactor?.();
      const kept = await goOnAs(answer);
      if (!kept) setProblem(t('notKept'));
      // Anywhere else it stands in the place of a page, which goes on.
      else if (isOwnPage()) navigate(nextPage());
    } catch (error) {
      setProblem(words(error));
      onRefused?.(error);
    }
    setBusy(false);
  };
  return (
    <AuthFrame title={title} text={text} foot={foot}>
      <AuthForm onSubmit={onSubmit} action={submit} busy={busy} problem={problem} hidden={closed}>
        {newAccount && (
          <TextField
            label={t('name')}
            name="name"
            autoComplete="name"
            required
            maxLength={newAccount.nameMax}
            autoFocus
          />
        )}
        <TextField
          label={t('email')}
          name="email"
          type="email"
          autoComplete="email"
          required
          autoFocus={!newAccount}
          {...(email !== undefined && { value: email, readOnly: true })}
        />
        <PasswordField
          label={t('password')}
          name="password"
          autoComplete={newAccount ? 'new-password' : 'current-password'}
          hint={newAccount ? t('passwordHint') : undefined}
          minLength={newAccount ? 8 : 1}
          required
        />
        {underPassword}
        {more}
      </AuthForm>
      {beside}
    </AuthFrame>
  );
}
