/** One action on many chats, and taking it back: of one person. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readStorage, recountStorage } from '#features/accounts/server/index.ts';
import type { Chat } from '#features/chats/chats.ts';
import { purgeUndos } from '#features/chats/server/index.ts';
import { type Person, signUp } from '../harness/accounts.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { ask, make, makeChat } from '../projects/people.ts';
import { bulk, list, look, undo } from './order-people.ts';

let parley: TestParley;
beforeAll(async () => {
  parley = await startTestParley({ maxChats: 30 });
});
afterAll(() => parley.close());

const newPerson = () => signUp(parley.url);
const some = (person: Person, count: number, more: object = {}): Promise<Chat[]> =>
  Promise.all(Array.from({ length: count }, (_, nth) => makeChat(person, { title: `${nth}`, ...more })));
const ids = (chats: readonly Chat[]) => chats.map(({ id }) => id);
const active = async (person: Person) =>
  (await ask<{ chatCount: number }>(person, 'GET', '/me')).body.chatCount;

describe('each action is done to all that are named, and taken back from all of them', () => {
  const cases: [action: string, more: object, made: object, done: Partial<Chat> | null][] = [
    ['archive', {}, {}, { archived: true }],
    ['delete', {}, {}, null],
    ['tag', { tag: 'новая / метка' }, { tags: ['a'] }, { tags: ['a', 'новая / метка'] }],
    ['untag', { tag: 'b' }, { tags: ['a', 'b', 'c'] }, { tags: ['a', 'c'] }],
    ['pin', {}, {}, { pinned: true }],
    ['unpin', {}, { pinned: true }, { pinned: false }],
  ];
  test.each(cases)('%s', async (action, more, made, done) => {
    const person = await newPerson();
    const chats = await some(person, 3, made);
    const answer = await bulk(person, { ids: [...ids(chats), chats[0]!.id], action, ...more });
    expect(answer).toMatchObject({ status: 200, body: { count: 3, undo: expect.any(String) } });
    for (const chat of await look(person, chats))
      if (done) expect(chat).toMatchObject(done);
      else expect(chat).toBeNull();
    expect(await active(person)).toBe(action === 'archive' || action === 'delete' ? 0 : 3);
    // What is so already is not counted.
    expect((await bulk(person, { ids: ids(chats), action, ...more })).body.count).toBe(0);

    expect(await undo(person, answer.body.undo)).toEqual({ status: 200, body: { count: 3 } });
    const back = await look(person, chats);
    expect(back).toEqual(chats.map((chat) => ({ ...chat, updatedAt: expect.any(String) })));
    expect(await active(person)).toBe(3);
    expect(await undo(person, answer.body.undo)).toEqual({ status: 200, body: { count: 0 } });
    expect(await look(person, chats)).toEqual(back);
  });

  test('restore', async () => {
    const person = await newPerson();
    const chats = await some(person, 3);
    await bulk(person, { ids: ids(chats), action: 'archive' });
    const { body } = await bulk(person, { ids: ids(chats), action: 'restore' });
    expect(body.count).toBe(3);
    expect(await list(person, '')).toHaveLength(3);
    await undo(person, body.undo);
    expect(await list(person, 'archived=true')).toHaveLength(3);
    expect(await active(person)).toBe(0);
  });

  test('move, into a project, to another one and out of any', async () => {
    const person = await newPerson();
    const one = await make(person);
    const two = await make(person, { defaultVisibility: 'private' });
    const chats = [
      await makeChat(person, {}),
      await makeChat(person, { projectId: one.id }),
      await makeChat(person, { projectId: two.id, visibility: 'shared' }),
    ];
    const places = async () => (await look(person, chats)).map((chat) => [chat?.projectId, chat?.visibility]);
    const before = await places();
    const undos: string[] = [];
    for (const [projectId, count, visibility] of [
      [one.id, 2, 'shared'],
      [two.id, 3, 'private'],
      [null, 3, 'private'],
    ] as const) {
      const { body } = await bulk(person, { ids: ids(chats), action: 'move', projectId });
      expect(body.count).toBe(count);
      expect(await places()).toEqual(Array(3).fill([projectId, visibility]));
      undos.unshift(body.undo);
    }
    for (const token of undos) await undo(person, token);
    expect(await places()).toEqual(before);
  });
});

test('an agent that cannot answer where a chat goes is let go, and comes back with it', async () => {
  const person = await newPerson();
  const project = await make(person);
  const { body: agent } = await ask<{ id: string }>(person, 'POST', '/agents', { name: 'Mine alone' });
  const [kept, changed] = await some(person, 2, { agentId: agent.id });
  const moved = await bulk(person, { ids: ids([kept!, changed!]), action: 'move', projectId: project.id });
  expect((await look(person, [kept!, changed!])).map((chat) => chat?.agentId)).toEqual([null, null]);
  const { body: other } = await ask<{ id: string }>(person, 'POST', '/agents', {
    name: 'Ours',
    scope: 'project',
    projectId: project.id,
  });
  await ask(person, 'PATCH', `/chats/${changed!.id}`, { agentId: other.id });
  await undo(person, moved.body.undo);
  expect((await look(person, [kept!, changed!])).map((chat) => chat?.agentId)).toEqual([agent.id, other.id]);
});

test('what was changed since, in other fields or by hand, stays as it is', async () => {
  const person = await newPerson();
  const chats = await some(person, 4, { tags: ['x'] });
  const [one, two, three, four] = chats as [Chat, Chat, Chat, Chat];
  const archived = (await bulk(person, { ids: ids(chats), action: 'archive' })).body.undo;
  const untagged = (await bulk(person, { ids: ids(chats), action: 'untag', tag: 'x' })).body.undo;
  const tagged = (await bulk(person, { ids: ids(chats), action: 'tag', tag: 'y' })).body.undo;
  const patch = (chat: Chat, json: object) => ask(person, 'PATCH', `/chats/${chat.id}`, json);
  await patch(one, { title: 'Renamed', description: 'Why' });
  await patch(two, { archived: false });
  await patch(three, { tags: ['z', 'x'] });
  await ask(person, 'DELETE', `/chats/${four.id}`);
  expect((await undo(person, archived)).body.count).toBe(2);
  expect((await undo(person, untagged)).body.count).toBe(2);
  expect((await undo(person, tagged)).body.count).toBe(2);
  expect(await look(person, chats)).toEqual([
    { ...one, title: 'Renamed', description: 'Why', updatedAt: expect.any(String) },
    { ...two, updatedAt: expect.any(String) },
    { ...three, tags: ['z', 'x'], updatedAt: expect.any(String) },
    null,
  ]);

  // Deleted together, brought back by hand, deleted again by hand: that is another deletion.
  const deleted = (await bulk(person, { ids: ids([one, two]), action: 'delete' })).body.undo;
  await ask(person, 'POST', `/chats/${one.id}/restore`);
  await ask(person, 'DELETE', `/chats/${one.id}`);
  expect((await undo(person, deleted)).body.count).toBe(1);
  expect((await look(person, [one, two])).map(Boolean)).toEqual([false, true]);
});

test('a filter takes the list’s keys: active chats unless it says otherwise, archived ones to restore', async () => {
  const person = await newPerson();
  const [old] = await some(person, 1, { title: 'old', tags: ['pilot'], metadata: { wave: 1 } });
  await ask(person, 'PATCH', `/chats/${old!.id}`, { archived: true });
  const chats = await some(person, 2, { tags: ['pilot', 'late'], metadata: { wave: 1, of: { us: [1, 2] } } });
  await some(person, 2, { title: 'other', tags: ['late'] });
  const count = async (filter: object, action = 'tag') =>
    (await bulk(person, { filter, action, tag: randomUUID() })).body.count;
  expect(await count({ tag: 'pilot' })).toBe(2);
  expect(await count({ tag: 'pilot', archived: 'all' })).toBe(3);
  expect(await count({ tag: 'pilot', archived: true })).toBe(1);
  expect(await count({ tag: ['pilot', 'late'] })).toBe(2);
  expect(await count({ q: 'other', pinned: false })).toBe(2);
  expect(await count({ metadata: { of: { us: [2] } } })).toBe(2);
  expect(await count({ before: '2020-01-01' })).toBe(0);
  expect(await count({ tag: 'pilot' }, 'archive')).toBe(2);
  expect(await count({ tag: 'pilot' }, 'restore')).toBe(3);
  expect((await look(person, chats)).map((chat) => chat?.archived)).toEqual([false, false]);
});

test('a body that does not say which chats, or what an action needs, is refused and named', async () => {
  const person = await newPerson();
  const [chat] = await some(person, 1);
  const field = async (body: object) => {
    const { status, body: answer } = await bulk(person, body);
    return [status, answer.error?.field];
  };
  const some_ = { ids: [chat!.id] };
  expect(await field({ action: 'pin' })).toEqual([400, 'ids']);
  expect(await field({ ...some_, filter: { tag: 'a' }, action: 'pin' })).toEqual([400, 'ids']);
  expect(await field({ ids: [], action: 'pin' })).toEqual([400, 'ids']);
  expect(await field({ ids: ['none'], action: 'pin' })).toEqual([400, 'ids.0']);
  expect(await field({ ids: Array(10_001).fill(chat!.id), action: 'pin' })).toEqual([400, 'ids']);
  expect(await field({ filter: {}, action: 'delete' })).toEqual([400, 'filter']);
  expect(await field({ filter: { metadata: {} }, action: 'delete' })).toEqual([400, 'filter']);
  expect(await field({ filter: { q: '' }, action: 'delete' })).toEqual([400, 'filter.q']);
  expect(await field({ filter: { tags: 'a' }, action: 'delete' })).toEqual([400, 'filter.tags']);
  expect(await field({ filter: { before: 'soon' }, action: 'delete' })).toEqual([400, 'filter.before']);
  expect(await field({ ...some_, action: 'burn' })).toEqual([400, 'action']);
  expect(await field({ ...some_, action: 'tag' })).toEqual([400, 'tag']);
  expect(await field({ ...some_, action: 'untag', tag: '' })).toEqual([400, 'tag']);
  expect(await field({ ...some_, action: 'move' })).toEqual([400, 'projectId']);
  expect(await field({ ...some_, action: 'move', projectId: randomUUID() })).toEqual([400, 'projectId']);
  expect(await look(person, [chat!])).toEqual([chat]);
});

test('of those that come back from the archive all have room, or none comes', async () => {
  const person = await newPerson();
  const old = await some(person, 20);
  const first = await bulk(person, { ids: ids(old), action: 'archive' });
  const more = await some(person, 11);
  const refused = await bulk(person, { ids: ids(old), action: 'restore' });
  expect(refused).toMatchObject({ status: 403, body: { error: { code: 'chat_limit' } } });
  expect(await undo(person, first.body.undo)).toMatchObject({
    status: 403,
    body: { error: { code: 'chat_limit' } },
  });
  expect(await active(person)).toBe(11);
  await bulk(person, { ids: [more[0]!.id], action: 'delete' });
  expect((await undo(person, first.body.undo)).body.count).toBe(20);
  expect(await active(person)).toBe(30);
});

test('a chat that has as many tags as it may keeps them', async () => {
  const person = await newPerson();
  const full = await makeChat(person, { tags: Array.from({ length: 50 }, (_, nth) => `t${nth}`) });
  const [other] = await some(person, 1);
  const { body } = await bulk(person, { ids: ids([full, other!]), action: 'tag', tag: 'one more' });
  expect(body.count).toBe(1);
  expect((await look(person, [full]))[0]!.tags).toHaveLength(50);
});

test('a temporary chat is passed over, whatever is to be done', async () => {
  const person = await newPerson();
  const [kept] = await some(person, 1);
  const temporary = await makeChat(person, { temporary: true });
  for (const action of ['archive', 'pin', 'delete'])
    expect((await bulk(person, { ids: [temporary.id, kept!.id], action })).body.count).toBe(1);
  expect((await look(person, [temporary]))[0]).toMatchObject({ archived: false, pinned: false });
});

test('what is counted of somebody’s storage stays what they have', async () => {
  const person = await newPerson();
  const chats = await some(person, 5, { tags: ['один'], metadata: { a: 1 } });
  const before = await readStorage(parley.services, person.userId);
  const { body } = await bulk(person, { ids: ids(chats), action: 'tag', tag: 'ещё' });
  expect((await readStorage(parley.services, person.userId)) - before).toBe(5 * 6);
  await ask(person, 'PATCH', `/tags/${encodeURIComponent('один')}`, { name: 'два-два' });
  const counted = await readStorage(parley.services, person.userId);
  await recountStorage(parley.services);
  expect(await readStorage(parley.services, person.userId)).toBe(counted);
  await undo(person, body.undo);
  await recountStorage(parley.services);
  expect(await readStorage(parley.services, person.userId)).toBe(counted - 5 * 6);
});

test('an undo is for whoever did it, for a day, and then goes', async () => {
  const [person, other] = [await newPerson(), await newPerson()];
  const chats = await some(person, 2);
  const { body } = await bulk(person, { ids: ids(chats), action: 'archive' });
  for (const [who, token] of [
    [other, body.undo],
    [person, randomUUID()],
    [person, 'none'],
  ] as const)
    expect(await undo(who, token)).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
  const db = parley.services.db.$client;
  await db.query(`UPDATE undos SET created_at = created_at - interval '24 hours' WHERE id = $1`, [body.undo]);
  expect((await undo(person, body.undo)).status).toBe(404);
  expect(await purgeUndos(parley.services)).toBe(1);
  expect((await look(person, chats)).map((chat) => chat?.archived)).toEqual([true, true]);
});
