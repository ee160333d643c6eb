/** A cookie that has become another's: what is meant for one person is never done as somebody else. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guest, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';

let parley: TestParley;
let ada: Person;
let ben: Person;
beforeAll(async () => {
  parley = await startTestParley();
  ada = await signUp(parley.url);
  ben = await signUp(parley.url);
});
afterAll(() => parley.close());

const meantFor = (person: Person) => ({ 'parley-user': person.userId });

test.each([
  ['POST', '/api/v1/messages', { message: { content: 'Only Ada may say this' } }],
  ['GET', '/api/v1/chats', undefined],
  ['PATCH', '/api/v1/me', { name: 'Not Ben' }],
])('%s %s is refused, and nothing is done', async (method, path, json) => {
  const answer = await ben.fetch(path, { method, headers: meantFor(ada), ...(json && { json }) });
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ error: { code: 'other_user' } });
  const { rows } = await parley.database.db.$client.query(
    `SELECT FROM messages WHERE content::text LIKE '%Only Ada%' UNION ALL SELECT FROM users WHERE name = 'Not Ben'`,
  );
  expect(rows).toEqual([]);
  const meant = await ben.fetch(path, { method, headers: meantFor(ben), ...(json && { json }) });
  expect(meant.ok).toBe(true);
  await parley.database.db.$client.query('DELETE FROM chats');
  await parley.database.db.$client.query(`UPDATE users SET name = 'Ben' WHERE id = $1`, [ben.userId]);
});

test('nobody signs another out, or ends their sessions', async () => {
  for (const path of ['sign-out', 'revoke-sessions']) {
    const answer = await ben.fetch(`/api/auth/${path}`, {
      method: 'POST',
      headers: meantFor(ada),
      json: {},
    });
    expect([path, answer.status]).toEqual([path, 409]);
  }
  expect((await ben.fetch('/api/v1/me')).status).toBe(200);
});

test('signing in tells which guest became part of the account, and only then', async () => {
  const visitor = await guest(parley.url);
  const enter = async (as: Person) => {
    const json = { email: ada.email, password: ada.password };
    const answer = await as.fetch('/api/auth/sign-in/email', {
      method: 'POST',
      headers: meantFor(as),
      json,
    });
    expect(answer.headers.getSetCookie().join()).toContain('session_token=');
    return (await answer.json()) as { mergedGuestId?: string };
  };
  expect((await enter(visitor)).mergedGuestId).toBe(visitor.userId);
  expect((await enter(visitor)).mergedGuestId).toBeUndefined();
  expect((await enter(ben)).mergedGuestId).toBeUndefined();
  expect((await signIn(parley.url, ada)).userId).toBe(ada.userId);
});
