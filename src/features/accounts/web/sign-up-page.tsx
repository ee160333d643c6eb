import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { ApiError } from '#web/api/http.ts';
import { TextField } from '#web/ui/field.tsx';
import { NAME_MAX } from '../rules.ts';
import { AUTH_LINK } from './auth-frame.tsx';
import { AuthPage } from './auth-page.tsx';
import { Providers } from './identity-providers/providers.tsx';
import { formAddress } from './next-page.ts';
import { secretOfAddress } from './secret-of-address.ts';
import { useMe } from './use-me.ts';
import { useSignUpRules } from './use-sign-up-rules.ts';

/** What the server says when it wants another code. */
const CODE_REFUSALS = ['SETUP_CODE_NEEDED', 'SETUP_CODE_WRONG'];

/** Making an account; a guest keeps their chats. The first one of a Parley sets it up. */
export default function SignUpPage() {
  const t = useTranslations('auth');
  const { data: me } = useMe({ fresh: true });
  const [code] = useState(() => secretOfAddress('setup'));
  const [token] = useState(() => secretOfAddress('invite'));
  const [refused, setRefused] = useState(false);
  const { data: rules, isPending } = useSignUpRules(token);
  if (isPending) return null;
  const setup = rules?.setup ?? null;
  const mode = rules?.signUp ?? 'open';
  const invite = setup === null ? (rules?.invite ?? null) : null;
  // A link that is not good any more is not sent along: where anybody may come in, it is not needed.
  const lapsed = token !== null && setup === null && invite === null && mode !== 'off';
  const closed = setup === null && mode !== 'open' && invite === null;
  const keeps = me?.role === 'guest' && me.chatCount > 0;
  const invited = t(rules?.providers.length ? 'invitedProvider' : 'invited');
  const welcome = invite ? invited : t(setup ? 'setUpText' : 'signUpText');
  const text = keeps ? t('signUpKeeps', { count: me.chatCount }) : welcome;
  const isSetUp = setup === 'code' || (setup !== null && code !== null);
  return (
    <AuthPage
      title={t(isSetUp ? 'setUpTitle' : 'signUpTitle')}
      text={lapsed ? t(closed ? 'inviteLapsed' : 'inviteLapsedOpen') : closed ? t(`closed.${mode}`) : text}
      submit={t('signUp')}
      path="/api/auth/sign-up/email"
      newAccount={{ nameMax: NAME_MAX }}
      closed={closed}
      beside={!closed && <Providers rules={rules} invite={invite && token} />}
      email={invite?.email ?? undefined}
      onRefused={(error) => setRefused(error instanceof ApiError && CODE_REFUSALS.includes(error.code))}
      more={
        setup === 'code' && (code === null || refused) ? (
          <TextField
            label={t('setupCode')}
            hint={t('setupCodeHint')}
            name="setupCode"
            defaultValue={code ?? ''}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            required
          />
        ) : (
          <>
            {setup && code !== null && <input type="hidden" name="setupCode" value={code} />}
            {invite && token !== null && <input type="hidden" name="invite" value={token} />}
          </>
        )
      }
      foot={t.rich('haveAccount', {
        link: (words) => (
          <Link href={formAddress('/sign-in')} className={AUTH_LINK}>
            {words}
          </Link>
        ),
      })}
    />
  );
}
