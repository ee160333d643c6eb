/** Signs in to Parley through a provider, step by step, as a browser does. */
import { cookieOf } from './accounts.ts';
import { signInThere } from './identity-provider.ts';

type Begun = {
  response: Response;
  /** Where the browser has to go. */
  url: string;
  /** What it holds, the guest's own cookie first where there is one. */
  cookie: string;
};

/** Begins at Parley. */
export async function beginAt(
  parley: string,
  {
    cookie,
    ...body
  }: {
    cookie?: string;
    providerId?: unknown;
    callbackURL?: unknown;
    errorCallbackURL?: unknown;
    invite?: unknown;
  } = {},
  headers: Record<string, string> = {},
): Promise<Begun> {
  const response = await fetch(`${parley}/api/auth/sign-in/oauth2`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie && { cookie }), ...headers },
    body: JSON.stringify({ providerId: 'oidc', ...body }),
  });
  const { url = '' } = response.ok ? ((await response.clone().json()) as { url?: string }) : {};
  return { response, url, cookie: [cookie, cookieOf(response)].filter(Boolean).join('; ') };
}

/** Comes back with a cookie. */
export const comeBack = (to: URL, cookie: string): Promise<Response> =>
  fetch(to, { redirect: 'manual', headers: cookie ? { cookie } : {} });

/** The whole way; the answer is that of coming back. */
export async function signInThrough(
  parley: string,
  login: string,
  given: {
    cookie?: string;
    providerId?: string;
    callbackURL?: string;
    errorCallbackURL?: string;
    invite?: unknown;
  } = {},
): Promise<Response> {
  const { url, cookie, response } = await beginAt(parley, given);
  if (!response.ok) throw new Error(`It did not begin: ${response.status} ${await response.text()}`);
  return comeBack(await signInThere(url, login), cookie);
}

/** The reason in the address that a refused sign-in leads to. */
export const reasonIn = (response: Response): string | null =>
  new URL(response.headers.get('location') ?? '', 'http://parley').searchParams.get('error');

/** Who is signed in by what an answer has set; null for nobody. */
export async function whoIs(
  parley: string,
  response: Response,
): Promise<{ id: string; name: string; email: string; role: string; chatCount: number } | null> {
  const me = await fetch(`${parley}/api/v1/me`, { headers: { cookie: cookieOf(response) } });
  return me.ok ? me.json() : null;
}
