/** An invitation accepted by signing in through a provider: it opens once, for whom it is, and only from where it was begun. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, cookieOf, guest, type Person } from '#test/harness/accounts.ts';
import { freePort } from '#test/harness/free-port.ts';
import {
  CLIENT,
  type IdentityProvider,
  issuerToBe,
  type Known,
  signInThere,
  startIdentityProvider,
} from '#test/harness/identity-provider.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { beginAt, comeBack, reasonIn, signInThrough, whoIs } from '#test/harness/provider-sign-in.ts';

const NAMES = [
  'grace',
  'again',
  'boss',
  'hers',
  'other',
  'late',
  'visitor',
  'bare',
  'query',
  'cancels',
  'a',
  'b',
  'c',
  'd',
];
const PEOPLE: Known = Object.fromEntries(
  NAMES.map((name) => [name, { email: `${name}@example.org`, email_verified: true, name }]),
);

let parley: TestParley;
let provider: IdentityProvider;
let ada: Person;
beforeAll(async () => {
  const [port, issuer] = [await freePort(), await issuerToBe()];
  const signInProviders = [
    { id: 'oidc', name: 'Example', issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret },
  ];
  parley = await startTestParley({ port, signInProviders, signUp: 'invite' });
  ada = await admin(parley.url);
  const redirectUris = [`${parley.url}/api/auth/oauth2/callback/oidc`];
  provider = await startIdentityProvider(issuer, { redirectUris, people: PEOPLE });
});
afterAll(async () => {
  await parley.close();
  await provider.close();
});

const sql = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await parley.database.db.$client.query(text, values)).rows;
async function invite(given: object = {}): Promise<{ id: string; token: string }> {
  const answer = await ada.fetch('/api/v1/admin/invites', { method: 'POST', json: given });
  const { id, url } = (await answer.json()) as { id: string; url: string };
  return { id, token: new URL(url).searchParams.get('invite')! };
}
const usesOf = async (id: string) =>
  (await sql<{ uses: number }>('SELECT uses FROM invites WHERE id = $1', [id]))[0]?.uses;
const isThere = async (name: string) =>
  (await sql('SELECT FROM users WHERE email = $1', [`${name}@example.org`])).length === 1;

test('who was invited comes in, once by one invitation, and needs none to come back', async () => {
  const { id, token } = await invite();
  const first = await signInThrough(parley.url, 'grace', { invite: token, callbackURL: '/usage' });
  expect(first.headers.get('location')).toBe('/usage');
  expect(await whoIs(parley.url, first)).toMatchObject({ email: 'grace@example.org', role: 'member' });
  expect(await usesOf(id)).toBe(1);
  expect(await whoIs(parley.url, await signInThrough(parley.url, 'grace'))).toMatchObject({ name: 'grace' });
  const second = await signInThrough(parley.url, 'again', { invite: token, errorCallbackURL: '/sign-up' });
  expect(second.headers.get('location')).toBe('/sign-up?error=invitation_not_good');
  expect(cookieOf(second)).toBe('');
  expect(await isThere('again')).toBe(false);
});

test('who has an account already comes in to it, and leaves the invitation for somebody else', async () => {
  const { id, token } = await invite();
  expect(await whoIs(parley.url, await signInThrough(parley.url, 'grace', { invite: token }))).toMatchObject({
    name: 'grace',
  });
  expect(await usesOf(id)).toBe(0);
});

test('nobody comes in without one, by one that is made up, withdrawn or too late, or that stands in the address of coming back', async () => {
  expect(reasonIn(await signInThrough(parley.url, 'bare'))).toBe('invitation_needed');
  for (const made of ['made-up', 'x'.repeat(200)])
    expect(reasonIn(await signInThrough(parley.url, 'bare', { invite: made }))).toBe('invitation_not_good');
  for (const unusable of ['x'.repeat(5000), '\u0000'])
    expect((await beginAt(parley.url, { invite: unusable })).response.status).toBe(400);
  for (const odd of ['', 7, null, { a: 1 }]) {
    const { response, url, cookie } = await beginAt(parley.url, { invite: odd });
    if (!response.ok) expect(response.status).toBeLessThan(500);
    else expect(reasonIn(await comeBack(await signInThere(url, 'bare'), cookie))).toBe('invitation_needed');
  }
  const withdrawn = await invite();
  const begun = await beginAt(parley.url, { invite: withdrawn.token });
  await ada.fetch(`/api/v1/admin/invites/${withdrawn.id}`, { method: 'DELETE' });
  expect(reasonIn(await comeBack(await signInThere(begun.url, 'bare'), begun.cookie))).toBe(
    'invitation_not_good',
  );
  const late = await invite({ maxUses: null });
  await sql(`UPDATE invites SET expires_at = now() - interval '1 s' WHERE id = $1`, [late.id]);
  expect(reasonIn(await signInThrough(parley.url, 'late', { invite: late.token }))).toBe(
    'invitation_not_good',
  );

  // What was begun without one is not helped by one in the query: what counts is kept here.
  const { token, id } = await invite();
  const { url, cookie } = await beginAt(parley.url);
  const back = await signInThere(url, 'query');
  back.searchParams.set('invite', token);
  expect(reasonIn(await comeBack(back, cookie))).toBe('invitation_needed');
  expect(await usesOf(id)).toBe(0);
  for (const name of ['bare', 'late', 'query']) expect(await isThere(name)).toBe(false);
});

test('one for an address opens for who has it there, and makes an admin where it says so', async () => {
  const { id, token } = await invite({ email: 'Hers@example.org' });
  expect(reasonIn(await signInThrough(parley.url, 'other', { invite: token }))).toBe('invitation_of_another');
  expect(await isThere('other')).toBe(false);
  expect(await usesOf(id)).toBe(0);
  expect(await whoIs(parley.url, await signInThrough(parley.url, 'hers', { invite: token }))).toMatchObject({
    email: 'hers@example.org',
  });
  const boss = await invite({ role: 'admin' });
  expect(
    await whoIs(parley.url, await signInThrough(parley.url, 'boss', { invite: boss.token })),
  ).toMatchObject({
    role: 'admin',
  });
});

test('of four who come at once by one for two, two come in', async () => {
  const { id, token } = await invite({ maxUses: 2 });
  const begun = await Promise.all(
    ['a', 'b', 'c', 'd'].map(async (name) => {
      const { url, cookie } = await beginAt(parley.url, { invite: token });
      return { back: await signInThere(url, name), cookie };
    }),
  );
  const answers = await Promise.all(begun.map(({ back, cookie }) => comeBack(back, cookie)));
  expect(answers.map(reasonIn).sort()).toEqual(
    ['invitation_not_good', 'invitation_not_good', null, null].sort(),
  );
  expect(await usesOf(id)).toBe(2);
  expect(await sql(`SELECT FROM users WHERE email ~ '^[abcd]@'`)).toHaveLength(2);
});

test('a guest who was invited becomes the account, and keeps what they have', async () => {
  const visitor = await guest(parley.url);
  await visitor.fetch('/api/v1/chats', { method: 'POST', json: { title: 'Kept' } });
  const { token } = await invite();
  const back = await signInThrough(parley.url, 'visitor', { invite: token, cookie: visitor.cookie });
  expect(await whoIs(parley.url, back)).toMatchObject({ id: visitor.userId, name: 'visitor', chatCount: 1 });
});

test('who cancels over there is led back to the form with the invitation still good', async () => {
  const { id, token } = await invite();
  const begun = await beginAt(parley.url, { invite: token, errorCallbackURL: `/sign-up?invite=${token}` });
  const back = await comeBack(await signInThere(begun.url, 'cancels', { agrees: false }), begun.cookie);
  expect(back.headers.get('location')).toBe(`/sign-up?invite=${token}&error=provider_denied`);
  expect(await usesOf(id)).toBe(0);
});

test('the token of an invitation lies sealed while somebody is over there', async () => {
  const { token } = await invite();
  await beginAt(parley.url, { invite: token });
  const rows = await sql<{ text: string }>('SELECT p::text AS text FROM provider_sign_ins p');
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.map(({ text }) => text).join()).not.toContain(token);
});
