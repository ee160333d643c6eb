import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link, useLocation } from 'wouter';
import { api } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { TextField } from '#web/ui/field.tsx';
import { Logo } from '#web/ui/logo.tsx';
import { useTitle } from '#web/ui/use-title.ts';
import { isOwnPage, nextPage } from './next-page.ts';
import { PasswordField } from './password-field.tsx';
import { goOnAs, type SignedIn } from './use-me.ts';

export const AUTH_LINK = 'font-medium text-accent underline-offset-4 hover:underline';

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
  /** What else is asked for. */
  more?: ReactNode;
  /** Nothing can be done here: no form. */
  closed?: boolean;
  onRefused?: (error: unknown) => void;
};

/** The page on which somebody says who they are: its words, its form, and the way to the other one. */
export function AuthPage(props: AuthPageProps) {
  const { title, text, submit, path, foot, newAccount, more, closed = false, onRefused } = props;
  const t = useTranslations('auth');
  const words = useErrorWords();
  const [, navigate] = useLocation();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useTitle(title);
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const fields = Object.fromEntries(new FormData(event.currentTarget));
      const kept = await goOnAs(await api<SignedIn>('POST', path, fields));
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
    <main className="grid h-full place-items-center overflow-y-auto p-6">
      <div className="w-full max-w-sm animate-rise">
        <Link
          href="/"
          className="mb-8 inline-flex items-center gap-2.5 rounded-small text-lg font-semibold tracking-tight"
        >
          <Logo size={28} />
          Parley
        </Link>
        <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
        <p className="mt-1.5 text-sm text-muted text-balance">{text}</p>
        <form onSubmit={onSubmit} className="mt-6 flex flex-col gap-4" hidden={closed}>
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
          />
          <PasswordField
            label={t('password')}
            name="password"
            autoComplete={newAccount ? 'new-password' : 'current-password'}
            hint={newAccount ? t('passwordHint') : undefined}
            minLength={newAccount ? 8 : 1}
            required
          />
          {more}
          {problem && (
            <p role="alert" className="text-sm text-danger">
              {problem}
            </p>
          )}
          <Button look="primary" type="submit" disabled={busy} className="h-11 sm:h-10">
            {submit}
          </Button>
        </form>
        <div className="mt-6 text-sm text-muted">{foot}</div>
      </div>
    </main>
  );
}
