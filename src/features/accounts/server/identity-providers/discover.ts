/** Where a provider's endpoints are: OpenID Connect Discovery 1.0, asked when somebody signs in and never before. */
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { askProvider } from './ask-provider.ts';
import { SignInRefusal } from './sign-in-refusal.ts';

/** Keys and addresses change seldom; this long they are believed. */
const BELIEVED_MS = 10 * 60_000;

/** The part of a provider's description that a sign-in needs. */
const Description = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url({ protocol: /^https?$/ }),
  token_endpoint: z.url({ protocol: /^https?$/ }),
  jwks_uri: z.url({ protocol: /^https?$/ }),
  userinfo_endpoint: z.url({ protocol: /^https?$/ }).optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
});
export type Description = z.infer<typeof Description>;

/** What is known of a provider: its description, and its keys, read anew when a token names one that is not among them. */
export type Discovered = { description: Description; keys: JWTVerifyGetKey };

/** Remembers what a provider said of itself; failures are not remembered. */
export function rememberDiscovery(issuer: string): () => Promise<Discovered> {
  let known: { until: number; answer: Promise<Discovered> } | null = null;
  return () => {
    if (known && known.until > performance.now()) return known.answer;
    const mine = { until: performance.now() + BELIEVED_MS, answer: discover(issuer) };
    known = mine;
    mine.answer.catch(() => {
      if (known === mine) known = null;
    });
    return mine.answer;
  };
}

async function discover(issuer: string): Promise<Discovered> {
  const { ok, status, body } = await askProvider(`${withoutSlash(issuer)}/.well-known/openid-configuration`);
  const read = Description.safeParse(body);
  if (!ok || !read.success)
    throw new SignInRefusal('provider_down', `${issuer} does not describe itself (${status})`);
  const description = read.data;
  // Another one's description would have another one's tokens believed.
  if (withoutSlash(description.issuer) !== withoutSlash(issuer))
    throw new SignInRefusal('provider_unproven', `${issuer} says it is ${description.issuer}`);
  refusePlainEndpoints(description);
  return { description, keys: rememberKeys(description.jwks_uri) };
}

/** Some write one at the end of an issuer, and it is easily left out when it is copied. */
const withoutSlash = (text: string): string => (text.endsWith('/') ? text.slice(0, -1) : text);

/** What begins encrypted must not go on in the clear. */
function refusePlainEndpoints(description: Description): void {
  const { issuer, authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint } = description;
  if (!issuer.startsWith('https:')) return;
  const plain = [authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint].find((url) =>
    url?.startsWith('http:'),
  );
  if (plain) throw new SignInRefusal('provider_unproven', `${issuer} names an endpoint without TLS`);
}

/** A key that is not there is looked for anew, at most this often: a forged token must not have the provider asked each time. */
const REREAD_MS = 10_000;

function rememberKeys(url: string): JWTVerifyGetKey {
  let readAt = Number.NEGATIVE_INFINITY;
  let keys: Promise<JWTVerifyGetKey> | null = null;
  const read = (): Promise<JWTVerifyGetKey> => {
    readAt = performance.now();
    const reading = readKeys(url);
    keys = reading;
    reading.catch(() => {
      if (keys === reading) keys = null;
    });
    return reading;
  };
  return async (header, token) => {
    const had = keys;
    const find = await (had ?? read());
    try {
      return await find(header, token);
    } catch (error) {
      if (had === null || performance.now() - readAt < REREAD_MS) throw error;
      return (await read())(header, token);
    }
  };
}

async function readKeys(url: string): Promise<JWTVerifyGetKey> {
  const { ok, status, body } = await askProvider(url);
  if (!ok || !Array.isArray(body.keys))
    throw new SignInRefusal('provider_down', `${url} has no keys (${status})`);
  return createLocalJWKSet(body as unknown as JSONWebKeySet);
}
