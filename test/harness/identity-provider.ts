/** A real OpenID provider on the loopback, with people whom it knows, and with lies it can be told to tell. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import Provider from 'oidc-provider';
import { freePort } from './free-port.ts';

export const CLIENT = { id: 'parley', secret: 'a secret of client and provider, with / and + in it' };

/** Whom the provider knows, by what they type into its form. */
export type Known = Record<string, { email?: string; email_verified?: unknown; [claim: string]: unknown }>;

/** Changes the claims of the next ID tokens before they are signed; `alg`: how, `none` and a foreign key included. */
export type Lie = { claims?: (claims: JWTPayload) => JWTPayload; sign?: 'none' | 'HS256' | 'foreign' };

export type IdentityProvider = {
  readonly issuer: string;
  /** What it was asked for. */
  readonly asked: string[];
  lie: Lie | null;
  /** Changes what it says of itself. */
  description: object;
  close(): Promise<void>;
};

/** Where one will be, to configure a Parley with before it is there. */
export const issuerToBe = async (): Promise<string> => `http://127.0.0.1:${await freePort()}`;

/** Starts it. `parley`: the addresses it may send people back to. */
export async function startIdentityProvider(
  issuer: string,
  {
    redirectUris,
    people,
    claimsInToken = true,
    authentication = 'client_secret_basic',
  }: {
    redirectUris: string[];
    people: Known;
    claimsInToken?: boolean;
    authentication?: 'client_secret_basic' | 'client_secret_post';
  },
): Promise<IdentityProvider> {
  const [own, foreign] = [
    await generateKeyPair('RS256', { extractable: true }),
    await generateKeyPair('RS256'),
  ];
  const key = { ...(await exportJWK(own.privateKey)), kid: 'own', use: 'sig', alg: 'RS256' };
  const configuration = {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: redirectUris,
        token_endpoint_auth_method: authentication,
      },
    ],
    clientAuthMethods: [authentication],
    jwks: { keys: [key] },
    cookies: { keys: ['of a test'] },
    claims: { email: ['email', 'email_verified'], profile: ['name', 'preferred_username'] },
    conformIdTokenClaims: !claimsInToken,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: true } },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    findAccount: (_context: unknown, id: string) =>
      people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  };
  const provider = quietly(() => new Provider(issuer, configuration));
  const found = { issuer, asked: [] as string[], lie: null as Lie | null, description: {} };
  provider.use(async (context, next) => {
    found.asked.push(`${context.method} ${context.path}`);
    await next();
    if (context.path.endsWith('/openid-configuration'))
      Object.assign(context.body as object, found.description);
    const tokens = context.body as { id_token?: string } | undefined;
    if (context.path === '/token' && found.lie && tokens?.id_token)
      tokens.id_token = await tell(found.lie, tokens.id_token, {
        own: own.privateKey,
        foreign: foreign.privateKey,
      });
  });
  const server = createServer(provider.callback());
  server.listen(Number(new URL(issuer).port), '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(found, {
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

/** It warns that it is none for people, which is so. */
function quietly<T>(make: () => T): T {
  const { warn } = console;
  console.warn = () => {};
  try {
    return make();
  } finally {
    console.warn = warn;
  }
}

async function tell(
  { claims = (same) => same, sign }: Lie,
  token: string,
  keys: { own: CryptoKey; foreign: CryptoKey },
): Promise<string> {
  const told = claims(JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()));
  if (sign === 'none') return new UnsecuredJWT(told).encode();
  if (sign === 'HS256')
    return new SignJWT(told).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(CLIENT.secret));
  const key = sign === 'foreign' ? keys.foreign : keys.own;
  return new SignJWT(told).setProtectedHeader({ alg: 'RS256', kid: 'own' }).sign(key);
}

/** Signs in over there as a browser would, and agrees; the answer is where the browser is sent back to, not gone to yet. */
export async function signInThere(url: string, login: string, { agrees = true } = {}): Promise<URL> {
  const cookies = new Map<string, string>();
  const { origin } = new URL(url);
  let at = new URL(url);
  for (let step = 0; step < 20; step++) {
    const isForm = at.pathname.startsWith('/interaction/') && !at.pathname.endsWith('/abort');
    const form = isForm ? await formAt(at, cookies, login) : null;
    if (form?.prompt === 'consent' && !agrees) at = new URL(`${at.pathname}/abort`, origin);
    const isSent = form && (agrees || form.prompt !== 'consent');
    const response = await fetch(isSent ? new URL(form.action, origin) : at, {
      redirect: 'manual',
      headers: { cookie: cookieHeader(cookies) },
      ...(isSent && {
        method: 'POST',
        body: new URLSearchParams({ prompt: form.prompt, login, password: 'x' }),
      }),
    });
    keep(cookies, response);
    const location = response.headers.get('location');
    if (!location) throw new Error(`${at} answered ${response.status}: ${await response.text()}`);
    at = new URL(location, at);
    if (at.origin !== origin) return at;
  }
  throw new Error('The provider goes in circles.');
}

async function formAt(
  at: URL,
  cookies: Map<string, string>,
  login: string,
): Promise<{ action: string; prompt: string }> {
  const response = await fetch(at, { headers: { cookie: cookieHeader(cookies) } });
  keep(cookies, response);
  const html = await response.text();
  const action = /<form[^>]* action="([^"]+)"/.exec(html)?.[1];
  const prompt = /name="prompt" value="(\w+)"/.exec(html)?.[1];
  if (!action || !prompt) throw new Error(`No form for ${login} at ${at}: ${html}`);
  return { action, prompt };
}

const cookieHeader = (cookies: Map<string, string>): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

function keep(cookies: Map<string, string>, response: Response): void {
  for (const cookie of response.headers.getSetCookie()) {
    const [name, value] = cookie.split(';')[0]!.split(/=(.*)/s);
    cookies.set(name!, value ?? '');
  }
}
