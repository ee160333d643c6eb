/** Admins see where somebody is signed in as that person does, and sign them out everywhere; both is written down. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SignIn } from '#features/accounts/accounts.ts';
import type { AuditItem } from '#features/audit/audit.ts';
import { admin, guest, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { makeKey } from '#test/harness/make.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { openLive } from './open-live.ts';
import { QUICK_JOBS } from './people.ts';

let parley: TestParley;
let ada: Person;
beforeAll(async () => {
  parley = await startTestParley({}, {}, QUICK_JOBS);
  ada = await admin(parley.url);
});
afterAll(() => parley.close());

const NOBODY = '01970000-0000-7000-8000-0000000000ff';
const FORMER = '00000000-0000-7000-8000-000000000002';
const look = (userId: string, query = '', by = ada) =>
  by.fetch(`/api/v1/admin/users/${userId}/sign-ins${query}`);
const signOut = (userId: string, json: object = {}, by = ada) =>
  by.fetch(`/api/v1/admin/users/${userId}/sign-out`, { method: 'POST', json });
const lastActs = async (count: number): Promise<AuditItem[]> => {
  const answer = await ada.fetch(`/api/v1/admin/audit?limit=${count}`);
  return ((await answer.json()) as { items: AuditItem[] }).items;
};
/** In milliseconds. */
const WITHIN = 2000;

test('nobody but an admin looks or signs anybody out, and of whom there is not there is nothing', async () => {
  const [bob, eve] = [await signUp(parley.url), await signUp(parley.url)];
  for (const one of [eve, bob, await guest(parley.url)]) {
    expect((await look(bob.userId, '', one)).status).toBe(403);
    expect((await signOut(bob.userId, {}, one)).status).toBe(403);
  }
  const key = await makeKey(ada);
  const headers = { authorization: `Bearer ${key}` };
  const path = `${parley.url}/api/v1/admin/users/${bob.userId}/sign-ins`;
  expect((await fetch(path, { headers })).status).toBe(403);
  for (const unknown of [NOBODY, FORMER]) {
    expect((await look(unknown)).status).toBe(404);
    expect((await signOut(unknown)).status).toBe(404);
  }
  expect((await bob.fetch('/api/v1/me')).status).toBe(200);
});

test('the list is what the person sees, page by page, without a token, and looking is written down', async () => {
  const bob = await signUp(parley.url, { name: 'Bob' });
  const other = await signIn(parley.url, bob);
  const own = (await (await bob.fetch('/api/auth/list-sessions')).json()) as SignIn[];
  const answer = await look(bob.userId);
  const text = await answer.text();
  const { items, nextCursor } = JSON.parse(text) as { items: SignIn[]; nextCursor: string | null };
  expect(items).toEqual(own.map((one) => ({ ...one, current: false })));
  expect(items[0]).toMatchObject({ ipAddress: expect.any(String), userAgent: expect.any(String) });
  expect(nextCursor).toBeNull();
  for (const { cookie } of [bob, other])
    expect(text).not.toContain(decodeURIComponent(cookie.split('=')[1]!).split('.')[0]!);
  expect(await lastActs(1)).toMatchObject([
    { action: 'user.view_sign_ins', actor: { id: ada.userId }, target: { id: bob.userId, name: 'Bob' } },
  ]);
  const first = await (await look(bob.userId, '?limit=1')).json();
  expect(first).toMatchObject({ items: [items[0]], nextCursor: items[0]!.id });
  expect(await (await look(bob.userId, `?cursor=${first.nextCursor}`)).json()).toMatchObject({
    items: [items[1]],
  });
  const mine = (await (await look(ada.userId)).json()) as { items: SignIn[] };
  expect(mine.items.filter(({ current }) => current)).toHaveLength(1);
});

test('signed out everywhere, what they have open ends within two seconds, and their keys go on unless told', async () => {
  const bob = await signUp(parley.url, { name: 'Bob' });
  const others = [bob, await signIn(parley.url, bob)];
  const key = await makeKey(bob);
  const withKey = () =>
    fetch(`${parley.url}/api/v1/me`, { headers: { authorization: `Bearer ${key}` } }).then(
      ({ status }) => status,
    );
  const bystander = await signUp(parley.url);
  const lives = await Promise.all(others.map((one) => openLive(parley.url, one)));
  const began = performance.now();
  expect((await signOut(bob.userId)).status).toBe(204);
  await Promise.all(lives.map(({ closed }) => closed));
  expect(performance.now() - began).toBeLessThan(WITHIN);
  for (const one of others) expect((await one.fetch('/api/v1/me')).status).toBe(401);
  expect(await withKey()).toBe(200);
  expect(await (await look(bob.userId)).json()).toMatchObject({ items: [] });
  expect(await lastActs(2)).toMatchObject([
    { action: 'user.view_sign_ins' },
    { action: 'user.sign_out', target: { id: bob.userId, name: 'Bob' }, detail: { signIns: 2 } },
  ]);
  const again = await signIn(parley.url, bob);
  expect((await signOut(bob.userId, { revokeKeys: true })).status).toBe(204);
  expect(await withKey()).toBe(401);
  expect((await again.fetch('/api/v1/me')).status).toBe(401);
  expect(await lastActs(1)).toMatchObject([{ detail: { signIns: 1, keys: 1 } }]);
  expect((await bystander.fetch('/api/v1/me')).status).toBe(200);
});

test('a guest, who could not come back, is not signed out', async () => {
  const visitor = await guest(parley.url);
  expect(await (await look(visitor.userId)).json()).toMatchObject({ items: [{ ipAddress: null }] });
  const before = await lastActs(1);
  const answer = await signOut(visitor.userId);
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ error: { reason: 'guest_cannot_come_back' } });
  expect((await visitor.fetch('/api/v1/me')).status).toBe(200);
  expect(await lastActs(1)).toEqual(before);
});
