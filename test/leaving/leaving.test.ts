/** Deleting one's own account: what goes, what stays without its person, and when it may not be. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { FORMER_USER_ID } from '#features/accounts/rules.ts';
import { KEPT_TABLES } from '#features/accounts/server/forget-user.ts';
import { purgeOrphans } from '#features/leaving/server/index.ts';
import { admin, guest, type Person, signIn, signUp } from '#test/harness/accounts.ts';
import { QUICK_CLOCK } from '#test/harness/clock.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { makeKey } from '#test/harness/make.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually, send } from '#test/harness/streams.ts';
import { openLive } from '../people/open-live.ts';

let parley: TestParley;
let ada: Person;
beforeAll(async () => {
  parley = await startTestParley({}, {}, QUICK_CLOCK);
  await addEndpoint(parley.services, { slots: 50 });
  ada = await admin(parley.url);
});
afterAll(() => parley.close());

const sql = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await parley.database.db.$client.query(text, values)).rows;
const leave = (person: Person, json: object = { password: person.password }) =>
  person.fetch('/api/v1/me', { method: 'DELETE', json });
const made = async (answer: Promise<Response>): Promise<{ id: string }> => (await answer).json();
const makeProject = (person: Person, name = 'A room') =>
  made(person.fetch('/api/v1/projects', { method: 'POST', json: { name } }));
const makeChat = (person: Person, json: object = {}) =>
  made(person.fetch('/api/v1/chats', { method: 'POST', json }));
const join = (owner: Person, projectId: string, person: Person, role: string) =>
  owner.fetch(`/api/v1/projects/${projectId}/members/${person.userId}`, { method: 'PUT', json: { role } });
async function isGone({ userId, email }: Person): Promise<void> {
  const [found] = await sql<{ text: string }>(
    `SELECT string_agg(t, ' ') AS text FROM (SELECT u::text AS t FROM users u UNION ALL SELECT s::text FROM sessions s
       UNION ALL SELECT k::text FROM api_keys k UNION ALL SELECT g::text FROM generations g
       UNION ALL SELECT q::text FROM usage_quarters q UNION ALL SELECT c::text FROM chats c
       UNION ALL SELECT r::text FROM ratings r UNION ALL SELECT s::text FROM storage s) all_rows`,
  );
  expect(found!.text).not.toContain(userId);
  if (email) expect(found!.text).not.toContain(email);
}

test('every table that belongs to users is kept without them or ends with them', async () => {
  const tables = await sql<{ name: string }>(
    `SELECT DISTINCT conrelid::regclass::text AS name FROM pg_constraint
     WHERE contype = 'f' AND confrelid = 'users'::regclass`,
  );
  const ending = [
    'accounts',
    'agents',
    'api_keys',
    'files',
    'outbox',
    'project_members',
    'sessions',
    'shares',
    'sign_in_challenges',
    'two_factors',
    'undos',
  ];
  expect(tables.map(({ name }) => name).sort()).toEqual([...Object.keys(KEPT_TABLES), ...ending].sort());
});

describe('an account', () => {
  test('is gone with its chats, keys and sign-ins, and open streams end within two seconds', async () => {
    const person = await signUp(parley.url);
    const other = await signIn(parley.url, person);
    const key = await makeKey(person);
    await send(person, '/script tokens=3');
    await person.fetch('/api/v1/me/context', { method: 'PUT', json: { content: 'Know me.' } });
    await person.fetch('/api/v1/agents', { method: 'POST', json: { name: 'Mine' } });
    const live = await openLive(parley.url, other);
    const before = await sql('SELECT count(*)::int AS count FROM generations');
    const began = performance.now();
    expect((await leave(person)).status).toBe(204);
    await live.closed;
    expect(performance.now() - began).toBeLessThan(2000);
    for (const one of [person, other]) expect((await one.fetch('/api/v1/me')).status).toBe(401);
    const headers = { authorization: `Bearer ${key}` };
    expect((await fetch(`${parley.url}/api/v1/me`, { headers })).status).toBe(401);
    await expect(signIn(parley.url, person)).rejects.toThrow('401');
    await isGone(person);
    expect(await sql('SELECT count(*)::int AS count FROM generations')).toEqual(before);
    expect(await sql(`SELECT FROM context_versions WHERE content = 'Know me.'`)).toEqual([]);
    // The address is free again.
    expect((await signUp(parley.url, { email: person.email })).userId).not.toBe(person.userId);
  });

  test('that has no password, because a provider vouches for it, is deleted when that is meant', async () => {
    const person = await signUp(parley.url);
    await parley.database.db.$client.query('UPDATE accounts SET password = NULL WHERE user_id = $1', [
      person.userId,
    ]);
    expect((await leave(person)).status).toBe(400);
    expect((await leave(person, { confirm: true })).status).toBe(204);
  });

  test('is not deleted by a wrong password, by none, or by guessing', async () => {
    const limited = await startTestParley({ rateLimits: true });
    onTestFinished(() => limited.close());
    await admin(limited.url);
    const person = await signUp(limited.url);
    expect((await leave(person, {})).status).toBe(400);
    expect((await leave(person, { confirm: true })).status).toBe(400);
    const guesses = await Promise.all(
      Array.from({ length: 21 }, (_, n) => leave(person, { password: `guess ${n}` })),
    );
    expect(guesses.map(({ status }) => status).sort()).toEqual([...Array(20).fill(403), 429]);
    expect((await person.fetch('/api/v1/me')).status).toBe(200);
  });

  test('of the last admin stays, and of one among several goes', async () => {
    const refused = await leave(ada);
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ error: { reason: 'last_admin' } });
    const second = await signUp(parley.url);
    await ada.fetch(`/api/v1/admin/users/${second.userId}`, { method: 'PATCH', json: { role: 'admin' } });
    expect((await leave(second)).status).toBe(204);
    const [third, fourth] = [await signUp(parley.url), await signUp(parley.url)];
    await sql(`UPDATE users SET role = CASE WHEN id = ANY($1) THEN 'admin' ELSE 'member' END`, [
      [third.userId, fourth.userId],
    ]);
    const both = await Promise.all([leave(third), leave(fourth)]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
    await sql(`UPDATE users SET role = 'admin' WHERE id = $1`, [ada.userId]);
  });

  test('that is sending is stopped first, and what is sent at the same moment loses', async () => {
    const person = await signUp(parley.url);
    await send(person, '/script tokens=5000 rate=50');
    const results = await Promise.all([
      leave(person),
      ...Array.from({ length: 4 }, () => send(person, '/script tokens=2').catch(() => null)),
    ]);
    expect(results[0]!.status).toBe(204);
    await isGone(person);
    const live = () => sql(`SELECT FROM generations WHERE state IN ('queued', 'running')`);
    expect(await eventually(live, (rows) => rows.length === 0)).toEqual([]);
  });
});

describe('a guest', () => {
  test('has no password, and says that it is meant', async () => {
    const visitor = await guest(parley.url);
    await makeChat(visitor);
    expect((await leave(visitor, {})).status).toBe(400);
    expect((await leave(visitor, { confirm: false })).status).toBe(400);
    expect((await leave(visitor, { confirm: true })).status).toBe(204);
    expect((await visitor.fetch('/api/v1/me')).status).toBe(401);
    await isGone(visitor);
  });
});

describe('in projects', () => {
  test('the only owner of one with others stays, and is told of which', async () => {
    const [owner, member] = [await signUp(parley.url), await signUp(parley.url)];
    const { id } = await makeProject(owner, 'Flights');
    await join(owner, id, member, 'editor');
    const own = await makeChat(owner);
    const refused = await leave(owner);
    expect(refused.status).toBe(409);
    const { error } = (await refused.json()) as { error: { detail: string; reason: string } };
    expect(error).toMatchObject({ reason: 'only_owner', params: { count: 1, projects: '“Flights”' } });
    // Nothing of it has happened.
    expect((await owner.fetch(`/api/v1/chats/${own.id}`)).status).toBe(200);
    expect((await owner.fetch(`/api/v1/projects/${id}`)).status).toBe(200);
    await join(owner, id, member, 'owner');
    expect((await leave(owner)).status).toBe(204);
  });

  test('shared chats stay for the others without a name, and private ones go', async () => {
    const [owner, member] = [await signUp(parley.url), await signUp(parley.url, { name: 'Zoe Vanishing' })];
    const { id: projectId } = await makeProject(owner);
    await join(owner, projectId, member, 'editor');
    const shared = await makeChat(member, { projectId, title: 'Kept' });
    const hidden = await makeChat(member, { projectId, visibility: 'private' });
    const theirs = await makeChat(owner, { projectId });
    for (const { id } of [shared, theirs]) {
      const json = { content: '/script tokens=3' };
      expect((await member.fetch(`/api/v1/chats/${id}/messages`, { method: 'POST', json })).status).toBe(202);
    }
    await makeChat(member);
    expect((await leave(member)).status).toBe(204);
    const chat = await (await owner.fetch(`/api/v1/chats/${shared.id}`)).json();
    expect(chat).toMatchObject({ title: 'Kept', authorId: FORMER_USER_ID });
    for (const id of [shared.id, theirs.id]) {
      const { items } = await (await owner.fetch(`/api/v1/chats/${id}/messages`)).json();
      expect(items.length).toBe(2);
      expect(JSON.stringify(items)).not.toContain('Zoe');
    }
    expect(await sql('SELECT id FROM chats WHERE id = $1', [hidden.id])).toEqual([]);
    const { items: members } = await (await owner.fetch(`/api/v1/projects/${projectId}/members`)).json();
    expect(members).toMatchObject([{ userId: owner.userId }]);
    await isGone(member);
    // The one in whose name it stands is nobody that admins could let in.
    const users = await (await ada.fetch('/api/v1/admin/users?limit=200')).text();
    expect(users).not.toContain(FORMER_USER_ID);
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['POST', '/reset-link'],
    ] as const) {
      const json = method === 'GET' ? undefined : { disabled: false };
      const answer = await ada.fetch(`/api/v1/admin/users/${FORMER_USER_ID}${path}`, { method, json });
      expect(answer.status).toBe(404);
    }
  });

  test('a project that nobody is left in goes, and gives back what others wrote there', async () => {
    const [owner, member] = [await signUp(parley.url), await signUp(parley.url)];
    const { id: projectId } = await makeProject(owner);
    await join(owner, projectId, member, 'editor');
    const theirs = await makeChat(member, { projectId });
    await owner.fetch(`/api/v1/projects/${projectId}/members/${member.userId}`, { method: 'DELETE' });
    const own = await makeChat(owner, { projectId });
    expect((await leave(owner)).status).toBe(204);
    expect(await (await member.fetch(`/api/v1/chats/${theirs.id}`)).json()).toMatchObject({
      projectId: null,
      visibility: 'private',
    });
    expect(await sql('SELECT FROM chats WHERE id = $1', [own.id])).toEqual([]);
  });

  test('what a deleted project gives back to somebody who is gone is removed in the end', async () => {
    const [owner, member] = [await signUp(parley.url), await signUp(parley.url)];
    const { id: projectId } = await makeProject(owner);
    await join(owner, projectId, member, 'editor');
    const shared = await makeChat(member, { projectId });
    await leave(member);
    await purgeOrphans(parley.services);
    expect((await owner.fetch(`/api/v1/chats/${shared.id}`)).status).toBe(200);
    await owner.fetch(`/api/v1/projects/${projectId}`, { method: 'DELETE' });
    await purgeOrphans(parley.services);
    expect(await sql('SELECT id FROM chats WHERE id = $1', [shared.id])).toHaveLength(1);
    await sql('DELETE FROM project_members WHERE project_id = $1', [projectId]);
    await sql('DELETE FROM projects WHERE id = $1', [projectId]);
    await purgeOrphans(parley.services);
    expect(await sql('SELECT id FROM chats WHERE id = $1', [shared.id])).toEqual([]);
  });
});
