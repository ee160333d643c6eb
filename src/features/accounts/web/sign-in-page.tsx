import { useTranslations } from 'use-intl';
import { Link, useLocation } from 'wouter';
import { cx } from '#web/ui/classes.ts';
import { AUTH_LINK, AuthPage } from './auth-page.tsx';
import { belongsToAccount, continueAsGuest } from './use-me.ts';

/** Signing in with an account. */
export default function SignInPage() {
  const t = useTranslations('auth');
  const [, navigate] = useLocation();
  const asGuest = async () => {
    await continueAsGuest();
    navigate('/');
  };
  return (
    <AuthPage
      title={t('signInTitle')}
      text={belongsToAccount() ? t('signedOut') : t('signInText')}
      submit={t('signIn')}
      path="/api/auth/sign-in/email"
      foot={
        <>
          {t.rich('noAccount', {
            link: (words) => (
              <Link href="/sign-up" className={AUTH_LINK}>
                {words}
              </Link>
            ),
          })}
          {belongsToAccount() && (
            <button type="button" className={cx(AUTH_LINK, 'mt-3 block')} onClick={() => void asGuest()}>
              {t('asGuest')}
            </button>
          )}
        </>
      }
    />
  );
}
