import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, cookieOf, guest, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';

let parley: TestParley;
let owner: Person;
beforeAll(async () => {
  parley = await startTestParley();
  owner = await admin(parley.url);
});
afterAll(() => parley.close());

const me = async (person: Person) => (await person.fetch('/api/v1/me')).json();

test('the first account is the admin, later ones are members', async () => {
  expect(await me(owner)).toMatchObject({
    id: owner.userId,
    email: owner.email,
    role: 'admin',
    expiresAt: null,
  });
  const second = await signUp(parley.url);
  expect(await me(second)).toMatchObject({ role: 'member', maxChats: 1000, chatCount: 0 });
});

test('of twenty people who sign up at once on a fresh instance exactly one becomes admin', async () => {
  const fresh = await startTestParley();
  try {
    const people = await Promise.all(Array.from({ length: 20 }, () => signUp(fresh.url)));
    const roles = await Promise.all(people.map(async (person) => (await me(person)).role));
    expect(roles.filter((role) => role === 'admin')).toHaveLength(1);
    expect(roles.filter((role) => role === 'member')).toHaveLength(19);
  } finally {
    await fresh.close();
  }
});

test('who is not signed in, or sends a made-up cookie or key, is told so', async () => {
  const url = `${parley.url}/api/v1/me`;
  const [token] = owner.cookie.split('.').slice(-2);
  const headers: Record<string, string>[] = [
    {},
    { cookie: 'parley.session_token=made.up' },
    { cookie: `parley.session_token=${token}.AAAA` },
    { cookie: 'parley.session_token=%' },
    { authorization: 'Bearer pk_nothing' },
    { authorization: 'Bearer ' },
  ];
  for (const sent of headers) {
    const response = await fetch(url, { headers: sent });
    expect(response.status, JSON.stringify(sent)).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: 'unauthenticated' } });
  }
});

test('signing out ends the session at once', async () => {
  const person = await signUp(parley.url);
  expect((await person.fetch('/api/v1/me')).status).toBe(200);
  expect((await person.fetch('/api/auth/sign-out', { method: 'POST', json: {} })).status).toBe(200);
  expect((await person.fetch('/api/v1/me')).status).toBe(401);
});

test('signing in again is the same account, and a wrong password is refused in better-auth’s own shape', async () => {
  const person = await signUp(parley.url);
  expect((await signIn(parley.url, person)).userId).toBe(person.userId);
  const wrong = await fetch(`${parley.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: person.email, password: 'not the password' }),
  });
  expect(wrong.status).toBe(401);
  expect(await wrong.json()).toMatchObject({
    code: 'INVALID_EMAIL_OR_PASSWORD',
    message: expect.any(String),
  });
});

test('a sign-up cannot give itself a role, limits or guesthood', async () => {
  const response = await fetch(`${parley.url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'Mallory',
      email: 'mallory@example.org',
      password: 'long enough a password',
      role: 'admin',
      maxChats: 9,
      isAnonymous: true,
      disabledAt: new Date(),
      id: owner.userId,
    }),
  });
  expect(response.status).toBe(200);
  const { rows } = await parley.database.db.$client.query(
    `SELECT role, max_chats, is_anonymous, disabled_at, id::text <> $1 AS own_id FROM users WHERE email = 'mallory@example.org'`,
    [owner.userId],
  );
  expect(rows).toEqual([
    { role: 'member', max_chats: null, is_anonymous: false, disabled_at: null, own_id: true },
  ]);
});

test('routes of better-auth that are not needed are not there', async () => {
  for (const path of [
    'update-user',
    'delete-user',
    'change-email',
    'set-password',
    'delete-anonymous-user',
    'update-session',
  ])
    expect((await owner.fetch(`/api/auth/${path}`, { method: 'POST', json: { name: 'x' } })).status).toBe(
      404,
    );
});

test('a guest is restored by the cookie, which lasts as long as the guest may be idle', async () => {
  const response = await fetch(`${parley.url}/api/auth/sign-in/anonymous`, { method: 'POST' });
  expect(response.status).toBe(200);
  const [cookie] = response.headers.getSetCookie();
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
  expect(cookie).not.toMatch(/Secure/i);
  expect(Number(/Max-Age=(\d+)/i.exec(cookie!)?.[1])).toBeGreaterThanOrEqual(43_200 * 60);
  const again = await fetch(`${parley.url}/api/v1/me`, { headers: { cookie: cookieOf(response) } });
  const found = await again.json();
  expect(found).toMatchObject({ role: 'guest', email: '' });
  expect(new Date(found.expiresAt).getTime()).toBeGreaterThan(Date.now() + 43_199 * 60_000 - 120_000);
});

test('loading the page prolongs the cookie; an answer to one of its requests never touches it', async () => {
  const visitor = await guest(parley.url);
  const page = await visitor.fetch('/', { headers: { accept: 'text/html' } });
  expect(cookieOf(page)).toBe(visitor.cookie);
  expect(page.headers.getSetCookie()[0]).toMatch(/Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/);
  expect((await visitor.fetch('/api/v1/me')).headers.getSetCookie()).toEqual([]);
});

test('a guest who signs up is the same user with the same chats, and the guest’s cookie is worth nothing any more', async () => {
  const visitor = await guest(parley.url);
  await addChat(visitor);
  const account = await signUp(parley.url, { as: visitor, name: 'Grace' });
  expect(account.userId).toBe(visitor.userId);
  expect(await me(account)).toMatchObject({
    name: 'Grace',
    email: account.email,
    role: 'member',
    chatCount: 1,
    expiresAt: null,
  });
  expect((await visitor.fetch('/api/v1/me')).status).toBe(401);
});

test('a failed sign-up leaves the guest as they were', async () => {
  const visitor = await guest(parley.url);
  await expect(signUp(parley.url, { as: visitor, email: owner.email })).rejects.toThrow('422');
  expect(await me(visitor)).toMatchObject({ id: visitor.userId, role: 'guest' });
});

test('a guest who signs in brings their chats along and is gone', async () => {
  const account = await signUp(parley.url);
  await addChat(account);
  const visitor = await guest(parley.url);
  await addChat(visitor);
  const back = await signIn(parley.url, account, visitor);
  expect(back.userId).toBe(account.userId);
  expect(await me(back)).toMatchObject({ chatCount: 2 });
  expect((await visitor.fetch('/api/v1/me')).status).toBe(401);
  const { rowCount } = await parley.database.db.$client.query('SELECT FROM users WHERE id = $1', [
    visitor.userId,
  ]);
  expect(rowCount).toBe(0);
});

function addChat(person: Person) {
  return parley.database.db.$client.query('INSERT INTO chats (id, user_id) VALUES (gen_random_uuid(), $1)', [
    person.userId,
  ]);
}

const ZERO_WIDTH = '\u200b';
test.each([
  ['empty', ''],
  ['blank', ' \t\u3000 '],
  ['invisible', ZERO_WIDTH],
  ['blank letters', '\u3164\u2800'],
  ['only joiners', `\u200d\ufe0f`],
  ['320 characters', 'a'.repeat(320)],
  ['101 characters', 'a'.repeat(101)],
  ['a control character', 'Ada\u0007'],
  ['a line break', 'Ada\nAdmin'],
  ['a line separator', 'Ada\u2028Admin'],
  ['an override of direction', 'Ada\u202enimdA'],
  ['an isolate', '\u2066Ada'],
  ['a mark of direction', 'Ada\u200f'],
])('a name that is %s is refused for people and for keys', async (_what, name) => {
  const body = { name, email: `${crypto.randomUUID()}@example.org`, password: 'long enough a password' };
  const signedUp = await fetch(`${parley.url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(signedUp.status).toBe(400);
  expect((await owner.fetch('/api/v1/me', { method: 'PATCH', json: { name } })).status).toBe(400);
  expect((await owner.fetch('/api/v1/api-keys', { method: 'POST', json: { name } })).status).toBe(400);
});

test('a name of any alphabet is kept without the blanks around it', async () => {
  for (const name of [
    'Д',
    'Jean-Luc O’Neill',
    '李小龍',
    'שלמה',
    `👩🏽‍🚀${'я'.repeat(96)}`,
    '🙂'.repeat(100),
  ]) {
    const answer = await owner.fetch('/api/v1/me', { method: 'PATCH', json: { name: ` ${name}\t` } });
    expect(await answer.json(), name).toMatchObject({ name });
  }
  const person = await signUp(parley.url, { name: '  Grace  ' });
  expect(await me(person)).toMatchObject({ name: 'Grace' });
});

test('a chosen language goes with its reader, also from a guest into an account that has chosen none', async () => {
  const choose = (person: Person, language: unknown) =>
    person.fetch('/api/v1/me', { method: 'PATCH', json: { language } });
  const visitor = await guest(parley.url);
  expect(await me(visitor)).toMatchObject({ language: null });
  expect(await (await choose(visitor, 'ru')).json()).toMatchObject({ language: 'ru' });
  const person = await signUp(parley.url, { as: visitor });
  expect(await me(person)).toMatchObject({ language: 'ru' });
  await person.fetch('/api/v1/me', { method: 'PATCH', json: { name: 'Ада' } });
  expect(await me(person)).toMatchObject({ name: 'Ада', language: 'ru' });
  await choose(person, 'en');
  const other = await guest(parley.url);
  await choose(other, 'ru');
  expect(await me(await signIn(parley.url, person, other))).toMatchObject({ language: 'en' });
  expect(await (await choose(person, null)).json()).toMatchObject({ language: null });
  const refused = await choose(person, 'de');
  expect([refused.status, (await refused.json()).error.field]).toEqual([400, 'language']);
});

test('a longer name from before is still shown', async () => {
  const name = 'a'.repeat(180);
  const person = await signUp(parley.url);
  await parley.database.db.$client.query('UPDATE users SET name = $2 WHERE id = $1', [person.userId, name]);
  expect(await me(person)).toMatchObject({ name });
});
