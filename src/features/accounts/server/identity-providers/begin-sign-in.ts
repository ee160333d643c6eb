/** The first half of a sign-in through a provider: where the browser has to go. */
import { createHash } from 'node:crypto';
import { newToken } from '#platform/secret-token.ts';
import { AUTH_PATH } from '../auth.ts';
import { refused } from '../auth-answers.ts';
import type { AuthCall } from '../auth-route.ts';
import { toCookie } from '../open-session.ts';
import { say } from '../say.ts';
import { ownBase, toOwnPath } from './own-address.ts';
import { BROWSER_COOKIE, keepPending, PENDING_SECONDS, type Pending } from './pending-sign-ins.ts';
import type { Providers } from './providers.ts';
import { SignInRefusal } from './sign-in-refusal.ts';

const SCOPE = 'openid email profile';

/** Answers `{url, redirect}`, as better-auth does, and binds the sign-in to this browser. */
export async function beginSignIn(
  { services, request, body }: AuthCall,
  providers: Providers,
): Promise<Response> {
  const { config, log } = services;
  const provider = providers(body.providerId);
  if (!provider) return refused(400, 'PROVIDER_CONFIG_NOT_FOUND', say('provider_unknown'));
  const callbackPath = toOwnPath(body.callbackURL ?? '/', request, config);
  const errorPath = toOwnPath(body.errorCallbackURL ?? '/sign-in', request, config);
  if (!callbackPath || !errorPath) return refused(403, 'INVALID_CALLBACK_URL', say('callback_not_ours'));
  try {
    const { description } = await provider.discover();
    const redirectUri = `${ownBase(request, config)}${AUTH_PATH}/oauth2/callback/${provider.id}`;
    const [nonce, verifier] = [newToken(), newToken()];
    const pending: Pending = {
      providerId: provider.id,
      nonce,
      verifier,
      redirectUri,
      callbackPath,
      errorPath,
      ...(typeof body.invite === 'string' && { invite: body.invite }),
    };
    const { state, browser } = await keepPending(services, pending);
    const url = new URL(description.authorization_endpoint);
    const query = {
      response_type: 'code',
      client_id: provider.clientId,
      redirect_uri: redirectUri,
      scope: SCOPE,
      state,
      nonce,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return Response.json(
      { url: url.href, redirect: body.disableRedirect !== true },
      { headers: [toCookie(BROWSER_COOKIE, browser, PENDING_SECONDS)] },
    );
  } catch (error) {
    if (!(error instanceof SignInRefusal)) throw error;
    log.warn({ err: error, provider: provider.id }, 'a sign-in through a provider could not begin');
    return refused(503, error.reason.toUpperCase(), say(error.reason));
  }
}
