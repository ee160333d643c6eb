/** People for tests: each holds a cookie and asks with it. */
import { randomUUID } from 'node:crypto';

export type Person = {
  readonly userId: string;
  readonly email: string;
  readonly password: string;
  /** As a Cookie header; empty for a person who only has an API key. */
  readonly cookie: string;
  /** What proves who they are, where that is not the cookie. */
  readonly headers?: Record<string, string>;
  /** `fetch` with this person's cookie; `path` begins with `/`. A plain object as `json` is sent as JSON. */
  fetch(path: string, init?: RequestInit & { json?: unknown }): Promise<Response>;
};

const PASSWORD = 'correct horse battery';

/** A new account, signed in. The first one of an instance is its admin. `as`: the guest who signs up. */
export async function signUp(
  url: string,
  given: { email?: string; name?: string; as?: Person } = {},
): Promise<Person> {
  const email = given.email ?? `${randomUUID()}@example.org`;
  const body = { email, password: PASSWORD, name: given.name ?? 'A Person' };
  const response = await post(url, '/api/auth/sign-up/email', body, given.as?.cookie);
  return personFrom(url, response, email);
}

/** The same account in another browser. `as`: the guest who signs in. */
export async function signIn(
  url: string,
  person: Pick<Person, 'email' | 'password'>,
  as?: Person,
): Promise<Person> {
  const body = { email: person.email, password: person.password };
  return personFrom(url, await post(url, '/api/auth/sign-in/email', body, as?.cookie), person.email);
}

/** A new guest. */
export async function guest(url: string): Promise<Person> {
  return personFrom(url, await post(url, '/api/auth/sign-in/anonymous', {}), '');
}

/** The admin of a fresh instance; call it before any other sign-up. */
export async function admin(url: string): Promise<Person> {
  const person = await signUp(url, { email: `admin-${randomUUID()}@example.org`, name: 'Ada Admin' });
  const me = (await (await person.fetch('/api/v1/me')).json()) as { role: string };
  if (me.role !== 'admin') throw new Error('Somebody else signed up first and is the admin.');
  return person;
}

/** The session cookie an answer sets, as a Cookie header; empty when it sets none. */
export function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0]!)
    .filter((pair) => !pair.endsWith('='))
    .join('; ');
}

/** The same, for a browser that comes to `url`. */
export function browserCookies({ cookie }: Person, url: string) {
  const pairs = cookie.split('; ').map((pair) => pair.split(/=(.*)/s, 2) as [string, string]);
  return pairs.map(([name, value]) => ({ name, value, url }));
}

function post(url: string, path: string, body: unknown, cookie?: string): Promise<Response> {
  return fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie && { cookie }) },
    body: JSON.stringify(body),
  });
}

async function personFrom(url: string, response: Response, email: string): Promise<Person> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
  const { user } = JSON.parse(text) as { user: { id: string } };
  return personWith(url, { userId: user.id, email, cookie: cookieOf(response) });
}

/** A person from a cookie that is already there. */
export function personWith(url: string, known: { userId: string; email: string; cookie: string }): Person {
  return {
    ...known,
    password: PASSWORD,
    fetch(path, { json, ...init } = {}) {
      const headers = new Headers(init.headers);
      if (known.cookie) headers.set('cookie', known.cookie);
      if (json !== undefined) headers.set('content-type', 'application/json');
      return fetch(url + path, {
        ...init,
        headers,
        ...(json !== undefined && { body: JSON.stringify(json) }),
      });
    },
  };
}
