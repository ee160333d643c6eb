import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { ApiError, api } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { AUTH_LINK, AuthFrame } from '../auth-frame.tsx';

import { isOwnPage, nextPage } from '../next-page.ts';
import { goOnAs, type SignedIn } from '../use-me.ts';
import { CodeField } from './code-field.tsx';

const ROUTES = { totp: 'verify-totp', recovery: 'verify-backup-code' } as const;

/** The second step of a sign-in: a code, or a recovery code in its place. */
export default function CodeStep({ onOver }: { onOver: () => void }) {
  const t = useTranslations('secondFactor');
  const words = useErrorWords();
  const [, navigate] = useLocation();
  const [kind, setKind] = useState<'totp' | 'recovery'>('totp');
  const [problem, setProblem] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const code = String(new FormData(form).get('code')).trim();
    setBusy(true);
    setProblem(null);
    try {
      const signedIn = await api<SignedIn>('POST', `/api/auth/two-factor/${ROUTES[kind]}`, { code });
      if (!(await goOnAs(signedIn))) setProblem(t('notKept'));
      else if (isOwnPage()) navigate(nextPage());
    } catch (error) {
      setProblem(words(error));
      setOver(error instanceof ApiError && error.code === 'INVALID_TWO_FACTOR_COOKIE');
      form.querySelector('input')?.select();
    }
    setBusy(false);
  };
  const swap = () => {
    setKind(kind === 'totp' ? 'recovery' : 'totp');
    setProblem(null);
  };
  return (
    <AuthFrame
      title={t('stepTitle')}
      text={t(kind === 'totp' ? 'stepText' : 'recoveryText')}
      foot={
        <>
          <button type="button" className={AUTH_LINK} onClick={swap}>
            {t(kind === 'totp' ? 'useRecovery' : 'useCode')}
          </button>
          <button type="button" className={`${AUTH_LINK} mt-3 block`} onClick={onOver}>
            {t('startOver')}
          </button>
        </>
      }
    >
      <form onSubmit={submit} className="mt-6 flex flex-col gap-4">
        <CodeField
          key={kind}
          kind={kind}
          label={t(kind === 'totp' ? 'code' : 'recoveryCode')}
          hint={kind === 'totp' ? t('codeHint') : undefined}
        />
        {problem && (
          <p role="alert" className="text-sm text-danger">
            {problem}
          </p>
        )}
        <Button
          look="primary"
          type={over ? 'button' : 'submit'}
          onClick={over ? onOver : undefined}
          disabled={busy}
          className="h-11 sm:h-10"
        >
          {t(over ? 'startOver' : 'signIn')}
        </Button>
      </form>
    </AuthFrame>
  );
}
