/** Where somebody is signed in: seen without the tokens, ended one by one or all but one. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignIn } from '#features/accounts/accounts.ts';
import { admin, guest, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { makeKey } from '#test/harness/make.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { openLive } from './open-live.ts';
import { QUICK_JOBS } from './people.ts';

let parley: TestParley;
beforeAll(async () => {
  parley = await startTestParley({}, {}, QUICK_JOBS);
  await admin(parley.url);
});
afterAll(() => parley.close());

async function list(person: Person): Promise<SignIn[]> {
  return (await person.fetch('/api/auth/list-sessions')).json();
}
const post = (person: Person, path: string, json: object = {}) =>
  person.fetch(`/api/auth/${path}`, { method: 'POST', json });
/** In milliseconds. */
const WITHIN = 2000;

test('the list has every sign-in, marks this one, and has no token in it', async () => {
  const person = await signUp(parley.url);
  const other = await signIn(parley.url, person);
  const stranger = await signUp(parley.url);
  const items = await list(person);
  expect(items).toHaveLength(2);
  expect(items.filter(({ current }) => current)).toHaveLength(1);
  const theirs = (await list(other)).find(({ current }) => current)!;
  expect(items.find(({ current }) => current)!.id).not.toBe(theirs.id);
  const tokens = [person, other].map(
    ({ cookie }) => decodeURIComponent(cookie.split('=')[1]!).split('.')[0]!,
  );
  for (const token of tokens) expect(JSON.stringify(items)).not.toContain(token);
  expect((await list(stranger)).map(({ id }) => id)).not.toContain(theirs.id);
});

test('one is ended by its id, with what is open there, and nobody ends another’s', async () => {
  const person = await signUp(parley.url);
  const other = await signIn(parley.url, person);
  const stranger = await signUp(parley.url);
  const { id } = (await list(other)).find(({ current }) => current)!;
  expect((await post(stranger, 'revoke-session', { id })).status).toBe(404);
  expect((await other.fetch('/api/v1/me')).status).toBe(200);
  const live = await openLive(parley.url, other);
  const began = performance.now();
  expect((await post(person, 'revoke-session', { id })).status).toBe(200);
  await live.closed;
  expect(performance.now() - began).toBeLessThan(WITHIN);
  expect((await other.fetch('/api/v1/me')).status).toBe(401);
  expect((await person.fetch('/api/v1/me')).status).toBe(200);
  expect(await list(person)).toHaveLength(1);
});

test('all others are ended at once, and this one stays', async () => {
  const person = await signUp(parley.url);
  const others = await Promise.all([signIn(parley.url, person), signIn(parley.url, person)]);
  const lives = await Promise.all(others.map((one) => openLive(parley.url, one)));
  const began = performance.now();
  expect((await post(person, 'revoke-other-sessions')).status).toBe(200);
  await Promise.all(lives.map(({ closed }) => closed));
  expect(performance.now() - began).toBeLessThan(WITHIN);
  for (const one of others) expect((await one.fetch('/api/v1/me')).status).toBe(401);
  expect(await list(person)).toMatchObject([{ current: true }]);
});

test('a guest has one, without an address; a key is none', async () => {
  expect(await list(await guest(parley.url))).toMatchObject([{ current: true, ipAddress: null }]);
  const person = await signUp(parley.url);
  const headers = { authorization: `Bearer ${await makeKey(person)}` };
  expect((await fetch(`${parley.url}/api/auth/list-sessions`, { headers })).status).toBe(401);
});
