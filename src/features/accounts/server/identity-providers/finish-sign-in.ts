/** The second half of a sign-in through a provider: the browser is back. */
import type { FastifyRequest } from 'fastify';
import type { AuthCall } from '../auth-route.ts';
import { bringGuestAlong } from '../bring-guest-along.ts';
import { principalsChanged } from '../change-principals.ts';
import { openSession, toCookie, toSessionCookie } from '../open-session.ts';
import { challengeCookie } from '../second-factor/answer-challenge.ts';
import { cookieOf, MERGED_COOKIE } from '../session-cookie.ts';
import { findAccount } from './find-account.ts';
import { BROWSER_COOKIE, type Pending, takePending } from './pending-sign-ins.ts';
import type { Provider, Providers } from './providers.ts';
import { readClaims } from './read-claims.ts';
import { redeemCode } from './redeem-code.ts';
import { SignInRefusal } from './sign-in-refusal.ts';

type Cookie = [string, string];
type Query = Record<string, unknown>;

/** Redirects to where the sign-in began, signed in; or to the form, with the reason why not. */
export async function finishSignIn(call: AuthCall, providers: Providers): Promise<Response> {
  const { services, request } = call;
  const over = toCookie(BROWSER_COOKIE, '');
  let pending: Pending | null = null;
  try {
    pending = await pendingOf(call);
    const { provider, code } = await checkReturn(request, pending, providers);
    const claims = await redeemCode(provider, pending, code);
    const [path, ...cookies] = await enter(call, pending, provider, readClaims(claims));
    return redirect(path, [...cookies, over]);
  } catch (error) {
    if (!(error instanceof SignInRefusal)) throw error;
    services.log.warn({ err: error, reason: error.reason }, 'a sign-in through a provider was refused');
    const path = pending?.errorPath ?? `${services.config.basePath}/sign-in`;
    return redirect(withQuery(path, { error: error.reason }), pending ? [over] : []);
  }
}

async function pendingOf({ services, request }: AuthCall): Promise<Pending> {
  const { state } = request.query as Query;
  const browser = cookieOf(BROWSER_COOKIE, request.headers.cookie, services.config);
  const pending = typeof state === 'string' && browser ? await takePending(services, state, browser) : null;
  if (!pending) throw new SignInRefusal('sign_in_expired', 'no such sign-in was begun in this browser');
  return pending;
}

/** Checks that it was this provider who sent the browser back, and with a code. */
async function checkReturn(
  request: FastifyRequest,
  pending: Pending,
  providers: Providers,
): Promise<{ provider: Provider; code: string }> {
  const { code, error, iss } = request.query as Query;
  const provider = providers(pending.providerId);
  // A code of one provider must not reach another, nor be taken for its (mix-up, RFC 9207).
  if (!provider || (request.params as Query).providerId !== provider.id)
    throw new SignInRefusal('provider_unproven', 'the answer of another provider');
  const { description } = await provider.discover();
  const isNamed = description.authorization_response_iss_parameter_supported === true;
  if (iss === undefined ? isNamed : iss !== description.issuer)
    throw new SignInRefusal('provider_unproven', 'the answer of another issuer');
  if (error !== undefined)
    throw new SignInRefusal(
      error === 'access_denied' ? 'provider_denied' : 'provider_refused',
      `the provider answered ${String(error).slice(0, 100)}`,
    );
  if (typeof code !== 'string') throw new SignInRefusal('provider_refused', 'no code');
  return { provider, code };
}

/** Where to, and the cookies that say who: a session, or what goes on to the second factor. */
async function enter(
  { services, auth, request }: AuthCall,
  pending: Pending,
  provider: Provider,
  who: ReturnType<typeof readClaims>,
): Promise<[string, ...Cookie[]]> {
  const account = await findAccount({ services, auth, request, invite: pending.invite }, provider.id, who);
  if (account.isDisabled) throw new SignInRefusal('account_disabled', 'the account is disabled');
  if (account.hasSecondFactor) {
    const path = withQuery(`${services.config.basePath}/sign-in`, {
      step: 'code',
      next: nextOf(pending, services.config.basePath),
    });
    return [path, await challengeCookie(services, account.id)];
  }
  const token = await openSession(services.db.$client, request, account.id);
  const merged = await bringGuestAlong(services, request, account.id);
  principalsChanged(services);
  const cookies = [toSessionCookie(token, services.secrets.signingKey)];
  if (merged) cookies.push(toCookie(MERGED_COOKIE, merged, MERGED_SECONDS));
  return [pending.callbackPath, ...cookies];
}

/** The page looks at it when it is loaded, a moment later. */
const MERGED_SECONDS = 60;

/** As the page has it, below the base path. */
const nextOf = ({ callbackPath }: Pending, basePath: string): string =>
  callbackPath.slice(basePath.length) || '/';

function withQuery(path: string, query: Record<string, string>): string {
  const url = new URL(path, 'http://localhost');
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.pathname + url.search + url.hash;
}

const redirect = (path: string, cookies: Cookie[]): Response =>
  new Response(null, { status: 302, headers: [['location', path], ...cookies] });
