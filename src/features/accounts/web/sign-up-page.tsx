import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { AUTH_LINK, AuthPage } from './auth-page.tsx';
import { useMe } from './use-me.ts';

/** Making an account; a guest keeps their chats. */
export default function SignUpPage() {
  const t = useTranslations('auth');
  const { data: me } = useMe({ fresh: true });
  return (
    <AuthPage
      withName
      title={t('signUpTitle')}
      text={
        me?.role === 'guest' && me.chatCount > 0 ? t('signUpKeeps', { count: me.chatCount }) : t('signUpText')
      }
      submit={t('signUp')}
      path="/api/auth/sign-up/email"
      foot={t.rich('haveAccount', {
        link: (words) => (
          <Link href="/sign-in" className={AUTH_LINK}>
            {words}
          </Link>
        ),
      })}
    />
  );
}
