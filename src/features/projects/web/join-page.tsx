/** Where a link that invites leads. What one is invited to is not known before one comes in. */
import { UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link, useLocation, useParams } from 'wouter';
import { useMe } from '#features/accounts/web/index.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { Header } from '#web/ui/header.tsx';
import { useTitle } from '#web/ui/use-title.ts';
import { joinProject } from './project-calls.ts';

const LINK = 'text-sm font-medium text-accent underline-offset-4 hover:underline';

export default function JoinPage() {
  const t = useTranslations('join');
  const { token = '' } = useParams<{ token: string }>();
  const words = useErrorWords();
  const [location, navigate] = useLocation();
  const { data: me } = useMe();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useTitle(t('title'));
  const join = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const { id } = await joinProject(token);
      navigate(`/projects/${id}`, { replace: true });
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  const guest = me?.role === 'guest';
  const back = `?next=${encodeURIComponent(location)}`;
  return (
    <>
      <Header />
      <div className="grid min-h-0 flex-1 place-items-center overflow-y-auto p-6 text-center">
        <div className="flex max-w-sm animate-rise flex-col items-center">
          <span className="grid size-14 place-items-center rounded-large bg-accent-soft text-accent">
            <UsersRound size={26} aria-hidden />
          </span>
          <h1 className="mt-4 text-2xl font-semibold tracking-tight text-balance">{t('title')}</h1>
          <p className="mt-2 text-sm text-pretty text-muted">
            {guest ? t(me.maySignUp ? 'guestText' : 'guestClosed') : t('text')}
          </p>
          {problem && (
            <p role="alert" className="mt-4 text-sm text-pretty text-danger">
              {problem}
            </p>
          )}
          <div className="mt-6 flex flex-col items-center gap-3">
            {!guest && (
              <Button look="primary" disabled={busy} onClick={() => void join()}>
                {t('join')}
              </Button>
            )}
            {guest && me.maySignUp && (
              <Link
                href={`/sign-up${back}`}
                className="inline-flex h-9 items-center rounded-medium bg-accent px-3.5 text-sm font-medium text-on-accent hover:bg-accent-strong touch:h-11"
              >
                {t('signUp')}
              </Link>
            )}
            {guest && (
              <Link href={`/sign-in${back}`} className={LINK}>
                {t('signIn')}
              </Link>
            )}
            {problem && (
              <Link href="/projects" className={LINK}>
                {t('toProjects')}
              </Link>
            )}
          </div>
        </div>
      </div>
    </>
  );
}
