/** Signing in through a provider of OpenID Connect: who becomes whom, and what happens when the provider is away. */
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { admin, cookieOf, guest, type Person, personWith, signUp } from '#test/harness/accounts.ts';
import { freePort } from '#test/harness/free-port.ts';
import {
  CLIENT,
  type IdentityProvider,
  issuerToBe,
  signInThere,
  startIdentityProvider,
} from '#test/harness/identity-provider.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { beginAt, comeBack, reasonIn, signInThrough, whoIs } from '#test/harness/provider-sign-in.ts';
import { giveCode, turnOn } from '#test/harness/second-factor.ts';

const PEOPLE = {
  ada: { email: 'Ada@Example.org', email_verified: true, name: 'Ada Lovelace' },
  grace: { email: 'grace@example.org', email_verified: true, name: 'Grace' },
  visitor: { email: 'visitor@example.org', email_verified: true, name: 'Was Guest' },
  linked: { email: 'linked@example.org', email_verified: true, name: 'Other Name' },
  factor: { email: 'factor@example.org', email_verified: true, name: 'Two Factors' },
  off: { email: 'off@example.org', email_verified: true, name: 'Off' },
  gone: { email: 'gone@example.org', email_verified: true, name: 'Gone' },
  nobody: { name: 'No Address' },
  odd: { email: 'odd@example.org', email_verified: true, name: `\u202e \u0007Eve\n${'x'.repeat(5000)}` },
  blank: { email: 'blank@example.org', email_verified: true, name: '\u3164', preferred_username: '\u200b' },
  'at guests': { email: 'guest-1@guests.invalid', email_verified: true, name: 'Trick' },
};

let parley: TestParley;
let provider: IdentityProvider;
let boss: Person;
beforeAll(async () => {
  const [port, issuer] = [await freePort(), await issuerToBe()];
  const signInProviders = [
    { id: 'oidc', name: 'Example', issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret },
  ];
  parley = await startTestParley({ port, signInProviders });
  boss = await admin(parley.url);
  const redirectUris = [
    `${parley.url}/api/auth/oauth2/callback/oidc`,
    'https://chat.example.org/parley/api/auth/oauth2/callback/oidc',
  ];
  provider = await startIdentityProvider(issuer, { redirectUris, people: PEOPLE });
});
afterAll(async () => {
  await parley.close();
  await provider.close();
});

const sql = (text: string, values: unknown[] = []) => parley.database.db.$client.query(text, values);

test('the page is told which providers there are, and nothing is asked of them before somebody signs in', async () => {
  const rules = await (await fetch(`${parley.url}/api/auth/sign-up`)).json();
  expect(rules.providers).toEqual([{ id: 'oidc', name: 'Example' }]);
  expect(provider.asked).toEqual([]);
});

test('who signs in there has an account here, the same one each time, with the name and address of there', async () => {
  const { url, response } = await beginAt(parley.url);
  expect(await response.json()).toEqual({ url, redirect: true });
  const asked = Object.fromEntries(new URL(url).searchParams);
  expect(asked).toMatchObject({
    response_type: 'code',
    client_id: CLIENT.id,
    redirect_uri: `${parley.url}/api/auth/oauth2/callback/oidc`,
    code_challenge_method: 'S256',
  });
  expect(asked.state).toHaveLength(43);
  expect(asked.nonce).toHaveLength(43);
  const first = await signInThrough(parley.url, 'ada', { callbackURL: '/projects?tab=1#top' });
  expect(first.status).toBe(302);
  expect(first.headers.get('location')).toBe('/projects?tab=1#top');
  const ada = await whoIs(parley.url, first);
  expect(ada).toMatchObject({ name: 'Ada Lovelace', email: 'ada@example.org', role: 'member' });
  expect(await whoIs(parley.url, await signInThrough(parley.url, 'ada'))).toMatchObject({ id: ada!.id });
  const { rows } = await sql(
    'SELECT provider_id, account_id, access_token, refresh_token, id_token, password FROM accounts WHERE user_id = $1',
    [ada!.id],
  );
  // The provider’s tokens are of no use here, so they are not kept.
  const none = { access_token: null, refresh_token: null, id_token: null, password: null };
  expect(rows).toEqual([{ provider_id: 'oidc', account_id: `${provider.issuer} ada`, ...none }]);
  expect(rows.length).toBe(1);
});

test('five windows that come back at once for the first time end in one account', async () => {
  const all = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const { url, cookie } = await beginAt(parley.url);
      return { to: await signInThere(url, 'grace'), cookie };
    }),
  );
  const back = await Promise.all(all.map(({ to, cookie }) => comeBack(to, cookie)));
  const ids = await Promise.all(back.map(async (one) => (await whoIs(parley.url, one))?.id));
  expect(ids[0]).toBeDefined();
  expect(new Set(ids).size).toBe(1);
});

test('a guest becomes the new account, and what a guest has goes to an account that is there already', async () => {
  const addChat = (person: Person) =>
    person.fetch('/api/v1/chats', { method: 'POST', json: { title: 'Mine' } });
  const first = await guest(parley.url);
  await addChat(first);
  const became = await signInThrough(parley.url, 'visitor', { cookie: first.cookie });
  expect(await whoIs(parley.url, became)).toMatchObject({
    id: first.userId,
    name: 'Was Guest',
    chatCount: 1,
  });
  expect((await first.fetch('/api/v1/me')).status).toBe(401);
  const second = await guest(parley.url);
  await addChat(second);
  const merged = await signInThrough(parley.url, 'visitor', { cookie: second.cookie });
  expect(await whoIs(parley.url, merged)).toMatchObject({ id: first.userId, chatCount: 2 });
  // The page may read who it was, and takes along what was not sent yet.
  const told = merged.headers.getSetCookie().find((cookie) => cookie.startsWith('parley.merged='));
  expect(told).toBe(`parley.merged=${second.userId}; Max-Age=60; Path=/; SameSite=Lax`);
});

test('an account with the same address is linked when it is verified on both sides, and keeps its name', async () => {
  const person = await signUp(parley.url, { email: 'linked@example.org', name: 'Own Name' });
  const refused = await signInThrough(parley.url, 'linked');
  expect(reasonIn(refused)).toBe('account_not_linked');
  expect(cookieOf(refused)).toBe('');
  await sql('UPDATE users SET email_verified = true WHERE id = $1', [person.userId]);
  const linked = await signInThrough(parley.url, 'linked');
  expect(await whoIs(parley.url, linked)).toMatchObject({ id: person.userId, name: 'Own Name' });
});

test('who has a second factor here is asked for it as well', async () => {
  const person = await signUp(parley.url, { email: 'factor@example.org' });
  await sql('UPDATE users SET email_verified = true WHERE id = $1', [person.userId]);
  const { code } = await turnOn(person);
  const half = await signInThrough(parley.url, 'factor', { callbackURL: '/usage' });
  expect(half.headers.get('location')).toBe('/sign-in?step=code&next=%2Fusage');
  expect(await whoIs(parley.url, half)).toBeNull();
  const whole = await giveCode(parley.url, cookieOf(half), code());
  expect(await whoIs(parley.url, whole)).toMatchObject({ id: person.userId });
});

test('disabling ends sessions that came through a provider, closes their streams within 2 s, and keeps them out in words', async () => {
  const signedIn = await signInThrough(parley.url, 'off');
  const { id } = (await whoIs(parley.url, signedIn))!;
  const person = personWith(parley.url, { userId: id, email: '', cookie: cookieOf(signedIn) });
  const { closed } = await openLive(person);
  const disabledAt = performance.now();
  await boss.fetch(`/api/v1/admin/users/${id}`, { method: 'PATCH', json: { disabled: true } });
  await closed;
  expect(performance.now() - disabledAt).toBeLessThan(2000);
  expect((await person.fetch('/api/v1/me')).status).toBe(401);
  const refused = await signInThrough(parley.url, 'off');
  expect(reasonIn(refused)).toBe('account_disabled');
  expect(cookieOf(refused)).toBe('');
});

test('signing out ends such a session and its streams', async () => {
  const signedIn = await signInThrough(parley.url, 'gone');
  const person = personWith(parley.url, { userId: '', email: '', cookie: cookieOf(signedIn) });
  const { closed } = await openLive(person);
  const leftAt = performance.now();
  expect((await person.fetch('/api/auth/sign-out', { method: 'POST', json: {} })).status).toBe(200);
  await closed;
  expect(performance.now() - leftAt).toBeLessThan(2000);
  expect((await person.fetch('/api/v1/me')).status).toBe(401);
});

/** A live connection that is open; `closed` resolves when the server has closed it. */
async function openLive(person: Person): Promise<{ closed: Promise<unknown> }> {
  const socket = new WebSocket(`${parley.url.replace('http', 'ws')}/api/v1/live`, {
    headers: { cookie: person.cookie },
  });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await new Promise((resolve, reject) => socket.once('message', resolve).once('error', reject));
  return { closed };
}

test('a name is cleaned and bounded as if it had been typed, and who has none is called by their address', async () => {
  const odd = await whoIs(parley.url, await signInThrough(parley.url, 'odd'));
  expect(odd!.name).toMatch(/^Eve x{96}$/);
  expect(await whoIs(parley.url, await signInThrough(parley.url, 'blank'))).toMatchObject({ name: 'blank' });
});

test('who has no address there, or one that is no person’s, is told so', async () => {
  expect(reasonIn(await signInThrough(parley.url, 'nobody'))).toBe('provider_without_email');
  expect(reasonIn(await signInThrough(parley.url, 'at guests'))).toBe('provider_without_email');
});

test('who changes their mind over there comes back to the form, with the reason', async () => {
  const { url, cookie } = await beginAt(parley.url, { errorCallbackURL: '/sign-in?next=%2Fusage' });
  const back = await comeBack(await signInThere(url, 'ada', { agrees: false }), cookie);
  expect(back.headers.get('location')).toBe('/sign-in?next=%2Fusage&error=provider_denied');
});

test('new accounts follow the rules of signing up, and those that are there still come in', async () => {
  const issuer = await issuerToBe();
  const signInProviders = [
    { id: 'oidc', name: 'Example', issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret },
  ];
  const closed = await startTestParley({ signUp: 'off', signInProviders });
  onTestFinished(() => closed.close());
  const other = await startIdentityProvider(issuer, {
    redirectUris: [`${closed.url}/api/auth/oauth2/callback/oidc`],
    people: PEOPLE,
    // Both of what providers may want instead.
    claimsInToken: false,
    authentication: 'client_secret_post',
  });
  onTestFinished(() => other.close());
  const first = await signInThrough(closed.url, 'ada');
  expect(await whoIs(closed.url, first)).toMatchObject({ role: 'admin', email: 'ada@example.org' });
  expect(other.asked).toContain('GET /me');
  expect(reasonIn(await signInThrough(closed.url, 'grace'))).toBe('sign_up_off');
  expect(await whoIs(closed.url, await signInThrough(closed.url, 'ada'))).toMatchObject({ role: 'admin' });
});

test('without its own machine the first account needs the set-up code, and a provider has none', async () => {
  const issuer = await issuerToBe();
  const signInProviders = [
    { id: 'oidc', name: 'Example', issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret },
  ];
  const fresh = await startTestParley({ signInProviders, trustProxy: ['127.0.0.1'] });
  onTestFinished(() => fresh.close());
  const redirectUris = [`${fresh.url}/api/auth/oauth2/callback/oidc`];
  const other = await startIdentityProvider(issuer, { redirectUris, people: PEOPLE });
  onTestFinished(() => other.close());
  const { url, cookie } = await beginAt(fresh.url);
  const to = await signInThere(url, 'ada');
  const back = await fetch(to, {
    redirect: 'manual',
    headers: { cookie, 'x-forwarded-for': '203.0.113.5' },
  });
  expect(reasonIn(back)).toBe('setup_code_needed');
});

test('a provider that is away is told in words; passwords go on, and once it is back so does it', async () => {
  const issuer = await issuerToBe();
  const signInProviders = [
    { id: 'oidc', name: 'Away', issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret },
  ];
  const alone = await startTestParley({ signInProviders });
  onTestFinished(() => alone.close());
  const { response } = await beginAt(alone.url);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ code: 'PROVIDER_DOWN', reason: 'provider_down' });
  expect((await signUp(alone.url)).userId).toBeTruthy();
  const redirectUris = [`${alone.url}/api/auth/oauth2/callback/oidc`];
  const back = await startIdentityProvider(issuer, { redirectUris, people: PEOPLE });
  const { url, cookie } = await beginAt(alone.url);
  const to = await signInThere(url, 'ada');
  await back.close();
  expect(reasonIn(await comeBack(to, cookie))).toBe('provider_down');
});

test('behind a proxy below a path, the way back is over its public address', async () => {
  const baseUrl = 'https://chat.example.org/parley';
  const signInProviders = [
    {
      id: 'oidc',
      name: 'Example',
      issuer: provider.issuer,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
    },
  ];
  const below = await startTestParley({ baseUrl, basePath: '/parley', signInProviders });
  onTestFinished(() => below.close());
  await admin(below.url);
  const headers = { host: 'chat.example.org', origin: 'https://chat.example.org' };
  const sent = { callbackURL: '/usage' };
  const { url, cookie } = await beginAt(`${below.url}/parley`, sent, headers);
  expect(new URL(url).searchParams.get('redirect_uri')).toBe(`${baseUrl}/api/auth/oauth2/callback/oidc`);
  expect(cookie).toMatch(/^__Secure-parley\.provider=/);
  const to = await signInThere(url, 'ada');
  const here = new URL(to.pathname + to.search, below.url);
  const back = await comeBack(here, cookie);
  expect(back.headers.get('location')).toBe('/parley/usage');
  expect(cookieOf(back)).toMatch(/^__Secure-parley\.session_token=/);
});
