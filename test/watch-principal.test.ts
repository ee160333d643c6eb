import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPrincipalWatch, type PrincipalWatch } from '#features/accounts/server/index.ts';
import type { Principal } from '#platform/principal.ts';
import { admin, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';

let here: TestParley;
/** A second process on the same database that hears nothing over the bus. */
let there: TestParley;
let owner: Person;
const watching = new Map<TestParley, PrincipalWatch>();
beforeAll(async () => {
  here = await startTestParley();
  there = await startTestParley({}, { database: here.database, dataDir: here.services.config.dataDir });
  for (const parley of [here, there]) watching.set(parley, createPrincipalWatch(parley.services));
  owner = await admin(here.url);
});
afterAll(async () => {
  for (const watch of watching.values()) await watch.close();
  await there.close();
  await here.close();
});

/** What the promise asks for, and some slack for a loaded machine. */
const TWO_SECONDS_MS = 2500;

async function principalOf(person: Person): Promise<Principal> {
  const { rows } = await here.database.db.$client.query<{ id: string }>(
    'SELECT id FROM sessions WHERE user_id = $1 ORDER BY id DESC',
    [person.userId],
  );
  return { userId: person.userId, role: 'member', via: { kind: 'session', sessionId: rows[0]!.id } };
}

function watch(parley: TestParley, principal: Principal) {
  const seen = { revoked: 0, stop: () => {} };
  seen.stop = watching.get(parley)!.watch(principal, () => seen.revoked++);
  return seen;
}

const post = (person: Person, path: string, json: unknown = {}) =>
  person.fetch(path, { method: 'POST', json });
const disable = (person: Person) =>
  owner.fetch(`/api/v1/admin/users/${person.userId}`, { method: 'PATCH', json: { disabled: true } });

const waysToLeave: [string, (person: Person) => Promise<unknown>][] = [
  ['disabled', disable],
  ['signed out', (person) => post(person, '/api/auth/sign-out')],
  ['signed out everywhere', (person) => post(person, '/api/auth/revoke-sessions')],
  [
    'given a new password elsewhere',
    async (person) =>
      post(await signIn(here.url, person), '/api/auth/change-password', {
        currentPassword: person.password,
        newPassword: 'another battery staple',
      }),
  ],
  [
    'given another role',
    (person) =>
      owner.fetch(`/api/v1/admin/users/${person.userId}`, { method: 'PATCH', json: { role: 'admin' } }),
  ],
];

test.each(waysToLeave)(
  'streams of a user who was %s end within two seconds, in every process',
  async (_name, leave) => {
    const person = await signUp(here.url);
    const principal = await principalOf(person);
    const watches = [watch(here, principal), watch(there, principal)];
    expect((await leave(person)) as Response).toMatchObject({ status: 200 });
    await expect
      .poll(() => watches.map(({ revoked }) => revoked), { timeout: TWO_SECONDS_MS })
      .toEqual([1, 1]);
  },
);

test('streams opened with a revoked key end, others of the same user do not', async () => {
  const person = await signUp(here.url);
  const key = await (await post(person, '/api/v1/api-keys', { name: 'K' })).json();
  const byKey = watch(there, {
    userId: person.userId,
    role: 'member',
    via: { kind: 'api-key', apiKeyId: key.id, scopes: key.scopes },
  });
  const bySession = watch(there, await principalOf(person));
  await person.fetch(`/api/v1/api-keys/${key.id}`, { method: 'DELETE' });
  await expect.poll(() => byKey.revoked, { timeout: TWO_SECONDS_MS }).toBe(1);
  expect(bySession.revoked).toBe(0);
  bySession.stop();
});

test('a stream that ended by itself is not told', async () => {
  const person = await signUp(here.url);
  const principal = await principalOf(person);
  const ended = [watch(here, principal), watch(there, principal)];
  // Those that are still open show when it would have been told.
  const open = [watch(here, principal), watch(there, principal)];
  for (const one of ended) one.stop();
  await disable(person);
  await expect.poll(() => open.map(({ revoked }) => revoked), { timeout: TWO_SECONDS_MS }).toEqual([1, 1]);
  expect(ended.map(({ revoked }) => revoked)).toEqual([0, 0]);
});
