import { afterAll, beforeAll, expect, test } from 'vitest';
import { effectiveLimits } from '#features/accounts/server/index.ts';
import { admin, guest, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';

let parley: TestParley;
let owner: Person;
beforeAll(async () => {
  parley = await startTestParley();
  owner = await admin(parley.url);
});
afterAll(() => parley.close());

const change = (person: Person, json: unknown, by = owner) =>
  by.fetch(`/api/v1/admin/users/${person.userId}`, { method: 'PATCH', json });

test('members and guests are refused', async () => {
  for (const person of [await signUp(parley.url), await guest(parley.url)]) {
    expect((await person.fetch('/api/v1/admin/users')).status).toBe(403);
    expect((await change(person, { role: 'admin' }, person)).status).toBe(403);
    expect((await person.fetch('/api/v1/admin/settings', { method: 'PATCH', json: {} })).status).toBe(403);
  }
});

test('users are found by name and address and come in pages', async () => {
  const made: string[] = [];
  for (let number = 0; number < 3; number++)
    made.push((await signUp(parley.url, { name: `Find_me 100% ${number}` })).userId);
  const search = async (query: string) => (await owner.fetch(`/api/v1/admin/users?${query}`)).json();
  const first = await search('q=find_me%20100%25&limit=2');
  expect(first.items.map((user: { id: string }) => user.id)).toEqual([made[2], made[1]]);
  const second = await search(`q=find_me%20100%25&limit=2&cursor=${first.nextCursor}`);
  expect(second.items.map((user: { id: string }) => user.id)).toEqual([made[0]]);
  expect(second.nextCursor).toBeNull();
  expect((await search('q=findXme')).items).toEqual([]);
  expect((await search(`q=${encodeURIComponent(owner.email)}`)).items).toMatchObject([
    { id: owner.userId, role: 'admin' },
  ]);
});

test('a limit of a user holds at once, and null brings the default back', async () => {
  const person = await signUp(parley.url);
  const limits = () => effectiveLimits(parley.services, person.userId);
  expect(await limits()).toEqual({
    maxChats: 1000,
    maxConcurrent: 100,
    maxQueued: 500,
    requestsPerMinute: 300,
    tokensPerDay: null,
    weight: 1,
    maxStorageBytes: 2 * 1024 ** 3,
  });
  const set = await change(person, { maxChats: 3, tokensPerDay: 5_000_000_000, weight: 2.5 });
  expect(await set.json()).toMatchObject({
    id: person.userId,
    maxChats: 3,
    tokensPerDay: 5_000_000_000,
    weight: 2.5,
    maxQueued: null,
  });
  expect(await limits()).toMatchObject({
    maxChats: 3,
    tokensPerDay: 5_000_000_000,
    weight: 2.5,
    maxQueued: 500,
  });
  expect(await (await person.fetch('/api/v1/me')).json()).toMatchObject({ maxChats: 3 });

  const defaults = (json: unknown) => owner.fetch('/api/v1/admin/settings', { method: 'PATCH', json });
  expect(await (await defaults({ maxChats: 7, maxQueued: 9 })).json()).toMatchObject({
    maxChats: 7,
    maxQueued: 9,
  });
  expect(await limits()).toMatchObject({ maxChats: 3, maxQueued: 9 });
  await change(person, { maxChats: null });
  expect(await limits()).toMatchObject({ maxChats: 7 });
  expect(await (await defaults({ maxChats: null, maxQueued: null })).json()).toMatchObject({
    maxChats: 1000,
    maxQueued: 500,
  });
});

test('limits that make no sense are refused by name', async () => {
  const person = await signUp(parley.url);
  for (const [field, value] of [
    ['maxChats', -1],
    ['maxQueued', 1.5],
    ['weight', 0],
    ['tokensPerDay', 1e300],
    ['role', 'guest'],
    ['maxConcurrent', 'many'],
  ]) {
    const response = await change(person, { [field as string]: value });
    expect(response.status, `${field}`).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_input', field } });
  }
});

test('a disabled user is out at once, by cookie, key and password, until let in again', async () => {
  const person = await signUp(parley.url);
  const { key } = await (
    await person.fetch('/api/v1/api-keys', { method: 'POST', json: { name: 'K' } })
  ).json();
  const byKey = () => fetch(`${parley.url}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } });
  expect((await byKey()).status).toBe(200);
  expect(await (await change(person, { disabled: true })).json()).toMatchObject({ disabled: true });
  expect((await person.fetch('/api/v1/me')).status).toBe(401);
  expect(await (await person.fetch('/api/auth/get-session')).json()).toBeNull();
  expect((await byKey()).status).toBe(401);
  await expect(signIn(parley.url, person)).rejects.toThrow('401');
  await change(person, { disabled: false });
  expect((await byKey()).status).toBe(200);
  expect((await signIn(parley.url, person)).userId).toBe(person.userId);
});

test('a disabled guest is out and cannot slip back in by signing up as themselves', async () => {
  const visitor = await guest(parley.url);
  await change(visitor, { disabled: true });
  expect((await visitor.fetch('/api/v1/me')).status).toBe(401);
  expect((await signUp(parley.url, { as: visitor })).userId).not.toBe(visitor.userId);
});

test('the last admin can be neither demoted nor disabled; with a second one they can', async () => {
  for (const patch of [{ role: 'member' }, { disabled: true }]) {
    const refused = await change(owner, patch);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ error: { code: 'conflict' } });
  }
  const second = await signUp(parley.url);
  expect((await change(second, { role: 'admin' })).status).toBe(200);
  expect((await change(second, { role: 'member' }, second)).status).toBe(200);
  expect((await second.fetch('/api/v1/admin/users')).status).toBe(403);
  await change(second, { role: 'admin' });
  const both = await Promise.all([
    change(owner, { role: 'member' }, second),
    change(second, { role: 'member' }, owner),
  ]);
  expect(both.map(({ status }) => status).sort()).not.toEqual([200, 200]);
});
