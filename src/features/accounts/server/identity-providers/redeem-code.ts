/** From a code to what the provider vouches for: the token request, and the proof of the ID token (OpenID Connect Core 1.0, 3.1.3). */
import { type JWTPayload, jwtVerify } from 'jose';
import { askProvider } from './ask-provider.ts';
import type { Discovered } from './discover.ts';
import type { Pending } from './pending-sign-ins.ts';
import type { Provider } from './providers.ts';
import { SignInRefusal } from './sign-in-refusal.ts';

/** Signatures that only the provider can make: none of those made with a shared secret, and not `none`. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** Between the provider's clock and ours. */
const CLOCK_SKEW = '60s';

/** The claims that a code stands for: of the proven ID token, and of the userinfo endpoint where that says more. */
export async function redeemCode(provider: Provider, pending: Pending, code: string): Promise<JWTPayload> {
  const discovered = await provider.discover();
  const tokens = await requestTokens(provider, discovered, pending, code);
  const claims = await proveIdToken(provider, discovered, pending.nonce, tokens.id_token);
  if (claims.email !== undefined || typeof tokens.access_token !== 'string') return claims;
  return { ...(await readUserinfo(discovered, tokens.access_token, claims.sub)), ...claims };
}

async function requestTokens(
  { clientId, clientSecret }: Provider,
  { description }: Discovered,
  { redirectUri, verifier }: Pending,
  code: string,
): Promise<Record<string, unknown>> {
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
  const headers: Record<string, string> = {};
  const methods = description.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  if (methods.includes('client_secret_basic'))
    headers.authorization = `Basic ${Buffer.from(`${encoded(clientId)}:${encoded(clientSecret)}`).toString('base64')}`;
  else {
    form.set('client_id', clientId);
    form.set('client_secret', clientSecret);
  }
  const { ok, status, body } = await askProvider(description.token_endpoint, { headers, form });
  if (!ok)
    throw new SignInRefusal('provider_refused', `no tokens (${status}, ${String(body.error).slice(0, 100)})`);
  return body;
}

/** As in a form, which is how these two are written before they are joined (RFC 6749, 2.3.1). */
const encoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);

async function proveIdToken(
  { clientId }: Provider,
  { description, keys }: Discovered,
  nonce: string,
  token: unknown,
): Promise<JWTPayload> {
  const unproven = (why: string) => new SignInRefusal('provider_unproven', `ID token: ${why}`);
  if (typeof token !== 'string') throw unproven('none');
  const { payload } = await jwtVerify(token, keys, {
    issuer: description.issuer,
    audience: clientId,
    algorithms: ALGORITHMS,
    clockTolerance: CLOCK_SKEW,
    requiredClaims: ['sub', 'iat', 'exp', 'nonce'],
  }).catch((error: unknown) => {
    throw error instanceof SignInRefusal ? error : unproven((error as Error).message);
  });
  if (payload.nonce !== nonce) throw unproven('the nonce of another sign-in');
  // Given to several clients, or to another one: then it must say that it was made for us.
  const others = Array.isArray(payload.aud) && payload.aud.length > 1;
  if ((others || payload.azp !== undefined) && payload.azp !== clientId)
    throw unproven('made for another client');
  return payload;
}

async function readUserinfo(
  { description }: Discovered,
  accessToken: string,
  subject: string | undefined,
): Promise<Record<string, unknown>> {
  if (!description.userinfo_endpoint) return {};
  const { ok, status, body } = await askProvider(description.userinfo_endpoint, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  if (!ok) throw new SignInRefusal('provider_refused', `no userinfo (${status})`);
  // Another one's would be taken for theirs (5.3.2).
  if (body.sub !== subject) throw new SignInRefusal('provider_unproven', 'the userinfo of somebody else');
  return body;
}
