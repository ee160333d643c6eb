import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link, useLocation } from 'wouter';
import { LaterPart } from '#web/i18n/fetched-part.tsx';
import { cx } from '#web/ui/classes.ts';
import { AUTH_LINK } from './auth-frame.tsx';
import { AuthPage } from './auth-page.tsx';
import { Providers } from './identity-providers/providers.tsx';
import { formAddress } from './next-page.ts';
import { CODE_STEP } from './second-factor/parts.ts';
import { belongsToAccount, continueAsGuest, useMe } from './use-me.ts';
import { useSignUpRules } from './use-sign-up-rules.ts';

/** Signing in with an account. */
export default function SignInPage() {
  const t = useTranslations('auth');
  const [, navigate] = useLocation();
  // To look who is here would make a guest of nobody.
  const { data: me } = useMe({ fresh: true, enabled: belongsToAccount() });
  const { data: rules } = useSignUpRules();
  // Who comes from a provider is led to the code by the address.
  const [step, setStep] = useState(() => new URLSearchParams(location.search).get('step') ?? 'password');
  const asGuest = async () => {
    await continueAsGuest();
    navigate('/');
  };
  const textFor = () => {
    if (!belongsToAccount()) return t('signInText');
    if (me === undefined) return '';
    if (me === null) return t('signedOut');
    return t.rich('signedIn', {
      name: me.name,
      link: (words) => (
        <Link href="/" className={AUTH_LINK}>
          {words}
        </Link>
      ),
    });
  };
  if (step === 'code') return <LaterPart part={CODE_STEP} give={{ onOver: () => setStep('password') }} />;
  return (
    <AuthPage
      title={t('signInTitle')}
      text={textFor()}
      submit={t('signIn')}
      path="/api/auth/sign-in/email"
      onSecondFactor={() => setStep('code')}
      beside={<Providers rules={rules} />}
      underPassword={
        <Link href="/forgot" className={cx(AUTH_LINK, '-mt-2 self-start text-note')}>
          {t('forgot')}
        </Link>
      }
      foot={
        <>
          {rules?.signUp === 'open' &&
            t.rich('noAccount', {
              link: (words) => (
                <Link href={formAddress('/sign-up')} className={AUTH_LINK}>
                  {words}
                </Link>
              ),
            })}
          {belongsToAccount() && me === null && (
            <button type="button" className={cx(AUTH_LINK, 'mt-3 block')} onClick={() => void asGuest()}>
              {t('asGuest')}
            </button>
          )}
        </>
      }
    />
  );
}
