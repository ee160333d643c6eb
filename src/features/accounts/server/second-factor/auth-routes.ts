/** The routes of the second factor: better-auth's, with their bodies and answers, and our own rules behind them. */
import { say as sayInGeneral } from '#platform/say.ts';
import { refused, refusedForNow } from '../auth-answers.ts';
import { type AuthCall, type AuthRoute, perAddress } from '../auth-route.ts';
import { toCookie } from '../open-session.ts';
import { say } from '../say.ts';
import { cookieOf } from '../session-cookie.ts';
import { CHALLENGE_COOKIE } from './challenges.ts';
import { checkPassword } from './check-password.ts';
import { describeUser } from './describe-user.ts';
import { countGuess, forgiveGuesses } from './limit-guesses.ts';
import { passChallenge } from './pass-challenge.ts';
import { reftakeProof } from './refuse-proof.ts';
import {
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  renewRecoveryCodes,
} from './second-factor.ts';

type Account = { id: string; email: string };
type ForAccount = (call: AuthCall, account: Account) => Promise<Response>;

/** For whoever is signed in to an account in this browser; no API key, and no guest. */
const forAccount =
  (run: ForAccount) =>
  async (call: AuthCall): Promise<Response> => {
    const principal = await call.request.server.resolvePrincipal(call.request);
    if (principal?.via.kind !== 'session') return refused(401, 'UNAUTHORIZED', say('signed_out_meanwhile'));
    if (principal.role === 'guest') return refused(403, 'FORBIDDEN', sayInGeneral('guests_cannot'));
    return run(call, (await describeUser(call.services, principal.userId)) as Account);
  };

/** The same, who has given their password once more. */
const withPassword = (run: ForAccount) =>
  forAccount(async (call, account) => {
    const { password } = call.body;
    if (typeof password !== 'string') return refused(400, 'INVALID_PASSWORD', say('wrong_password'));
    const verdict = await checkPassword(call.services, call.auth, account.id, password);
    if (verdict === 'none') return refused(400, 'CREDENTIAL_ACCOUNT_NOT_FOUND', say('no_password'));
    if (verdict === 'wrong') return refused(400, 'INVALID_PASSWORD', say('wrong_password'));
    return run(call, account);
  });

const NOT_ON = () => refused(400, 'TWO_FACTOR_NOT_ENABLED', say('second_factor_not_on'));

const enable = withPassword(async ({ services }, account) => {
  const begun = await beginSecondFactor(services, account);
  if (!begun) return refused(400, 'TWO_FACTOR_ALREADY_ENABLED', say('second_factor_on'));
  // The next code is this one's, and not of a sign-in that was left.
  return Response.json(
    { totpURI: begun.address, backupCodes: begun.recoveryCodes },
    { headers: [toCookie(CHALLENGE_COOKIE, '')] },
  );
});

const confirm = forAccount(async ({ services, body }, { id }) => {
  const retryAt = await countGuess(services, 'totp', id);
  if (retryAt) return refusedForNow(retryAt);
  const verdict = await confirmSecondFactor(services, id, String(body.code));
  if (verdict === null) return refused(400, 'TOTP_NOT_ENABLED', say('second_factor_not_begun'));
  if (verdict !== 'right') return reftakeProof('totp', verdict);
  await forgiveGuesses(services, 'totp', id);
  return Response.json({ user: await describeUser(services, id) });
});

/** A code ends a sign-in that waits for one; else it confirms a second factor that is being turned on. */
async function takeCode(call: AuthCall, kind: 'totp' | 'recovery'): Promise<Response> {
  const { services, request, body } = call;
  const { code } = body;
  if (typeof code !== 'string') return refused(400, 'INVALID_CODE', say('second_factor_wrong'));
  const token = cookieOf(CHALLENGE_COOKIE, request.headers.cookie, services.config);
  if (token) return passChallenge(call, token, { kind, code });
  if (kind === 'totp' && (await request.server.resolvePrincipal(request))) return confirm(call);
  return refused(401, 'INVALID_TWO_FACTOR_COOKIE', say('second_factor_over'));
}

const renew = withPassword(async ({ services }, { id }) => {
  const codes = await renewRecoveryCodes(services, id);
  return codes ? Response.json({ status: true, backupCodes: codes }) : NOT_ON();
});

const disable = withPassword(async ({ services }, { id }) =>
  (await removeSecondFactor(services, id)) ? Response.json({ status: true }) : NOT_ON(),
);

const passwordRoute = (path: string, summary: string, own: AuthRoute['own'] & {}): AuthRoute => ({
  method: 'POST',
  path,
  summary,
  fields: ['password'],
  limits: perAddress('sign-in', 20),
  own,
});

const codeRoute = (path: string, summary: string, kind: 'totp' | 'recovery'): AuthRoute => ({
  method: 'POST',
  path,
  summary,
  fields: ['code'],
  limits: perAddress('second-factor', 20),
  signsIn: true,
  own: (call) => takeCode(call, kind),
});

export const SECOND_FACTOR_ROUTES: readonly AuthRoute[] = [
  passwordRoute(
    '/two-factor/enable',
    'Begin a second factor: a secret for an authenticator, and recovery codes',
    enable,
  ),
  codeRoute('/two-factor/verify-totp', 'End a sign-in, or turn the second factor on, with a code', 'totp'),
  codeRoute('/two-factor/verify-backup-code', 'End a sign-in with a recovery code', 'recovery'),
  passwordRoute('/two-factor/generate-backup-codes', 'Replace the recovery codes', renew),
  passwordRoute('/two-factor/disable', 'Turn the second factor off', disable),
];
