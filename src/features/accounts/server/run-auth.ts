/** Runs one better-auth route, with what has to happen around it: guests, the first admin, disabled users, keys. */
import type { Services } from '#platform/services.ts';
import { admit, type Credentials } from './admit-sign-up.ts';
import { revokeAllKeys } from './api-keys.ts';
import { type Auth, SESSION_COOKIE } from './auth.ts';
import { refusal } from './auth-answers.ts';
import { principalsChanged } from './change-principals.ts';
import type { Manner } from './mail/mail-about.ts';
import { sendLater } from './mail/mail-job.ts';
import { mergeGuest } from './merge-guest.ts';
import { oneOfFew } from './one-of-few.ts';
import { say } from './say.ts';
import { answerChallenge } from './second-factor/answer-challenge.ts';
import { guardingSessions } from './second-factor/guard-sessions.ts';
import { readSessionCookie } from './session-cookie.ts';
import { type SignUp, signingUp } from './sign-up-transaction.ts';

type Owner = { user_id: string; is_anonymous: boolean; is_disabled: boolean };
type MakeRequest = (cookie: string | undefined) => Request;

/** What a request says to us and not to better-auth. */
export type Aside = Credentials & {
  /** How whoever asks is written to. */
  manner: Manner;
  /** Together with the sessions, or the password, the user's API keys end. */
  revokeKeys: boolean;
};

/** Answers a request to better-auth. `sent` is the value of the session cookie it came with. */
export async function runAuth(
  services: Services,
  auth: Auth,
  path: string,
  sent: string | undefined,
  aside: Aside,
  makeRequest: MakeRequest,
): Promise<Response> {
  const token = sent ? readSessionCookie(sent, services.secrets.signingKey) : null;
  const owner = token ? await ownerOf(services, token) : null;
  // better-auth knows nothing of disabled users: it is not shown a session that may not enter.
  const cookie = owner && !owner.is_disabled ? `${SESSION_COOKIE}=${sent}` : undefined;
  const guestId = owner?.is_anonymous && !owner.is_disabled ? owner.user_id : null;

  if (path === '/sign-up/email')
    return signUp(services, auth, makeRequest(undefined), { guestId, credentials: aside }, aside.manner);
  if (path === '/sign-in/email') return signIn(services, auth, makeRequest(undefined), guestId);
  const { response } = await guardingSessions(cookie && owner ? owner.user_id : null, () =>
    oneOfFewIf(HASHING.has(path), () => auth.handler(makeRequest(cookie))),
  );
  if (response.ok && owner && aside.revokeKeys) await revokeAllKeys(services, owner.user_id);
  if (path !== '/get-session') principalsChanged(services);
  return response;
}

/** Routes besides signing in and up that hash a password. */
const HASHING = new Set(['/change-password', '/reset-password']);
const oneOfFewIf = <T>(isHashing: boolean, run: () => Promise<T>): Promise<T> =>
  isHashing ? oneOfFew(run) : run();

async function signUp(
  services: Services,
  auth: Auth,
  request: Request,
  asked: SignUp,
  manner: Manner,
): Promise<Response> {
  // Before any work is spent on it, and before anything is told of the address it names.
  const admission = await admit(services.db.$client, services.config, asked.credentials);
  if ('refused' in admission)
    return Response.json(refusal(admission.refused), {
      status: admission.refused.status === 'NOT_FOUND' ? 404 : 403,
    });
  const response = await oneOfFew(() => signingUp(asked, () => auth.handler(request)));
  if (response.ok) {
    principalsChanged(services);
    await askForProof(services, response, manner);
  }
  return response;
}

/** A new account is asked by mail whether its address is right. It can be used without: an account is never locked for it. */
async function askForProof(services: Services, response: Response, manner: Manner): Promise<void> {
  const { user } = (await response.clone().json()) as { user: { id: string; email: string } };
  const mail = { about: 'verify', userId: user.id, email: user.email } as const;
  await sendLater(services, services.db.$client, mail, manner).catch((error: unknown) =>
    services.log.warn({ err: error }, 'a new account was not asked whether its address is right'),
  );
}

async function signIn(
  services: Services,
  auth: Auth,
  request: Request,
  guestId: string | null,
): Promise<Response> {
  const { response, missing } = await oneOfFew(() => guardingSessions(null, () => auth.handler(request)));
  if (missing) return answerChallenge(services, missing);
  if (!response.ok) return response;
  const { token } = (await response.clone().json()) as { token: string };
  const owner = await ownerOf(services, token);
  if (!owner || owner.is_disabled) {
    await services.db.$client.query('DELETE FROM sessions WHERE token = $1', [token]);
    return Response.json(refusal({ code: 'ACCOUNT_DISABLED', sentence: say('account_disabled') }), {
      status: 401,
    });
  }
  const merged = guestId !== null && (await mergeGuest(services, guestId, owner.user_id));
  principalsChanged(services);
  return merged ? tellMerged(response, guestId) : response;
}

/** The answer with the guest's id in it: what the guest's browser has not sent yet is the account's now as well. */
async function tellMerged(response: Response, guestId: string): Promise<Response> {
  const body = (await response.json()) as Record<string, unknown>;
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  return Response.json({ ...body, mergedGuestId: guestId }, { status: response.status, headers });
}

async function ownerOf({ db }: Services, token: string): Promise<Owner | null> {
  const { rows } = await db.$client.query<Owner>(
    `SELECT u.id AS user_id, u.is_anonymous, u.disabled_at IS NOT NULL AS is_disabled
     FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token = $1 AND s.expires_at > now()`,
    [token],
  );
  return rows[0] ?? null;
}
