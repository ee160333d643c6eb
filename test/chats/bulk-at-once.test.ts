/** Many chats at once beside what else goes on: replies, other changes, other tabs, a kill. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Chat } from '#features/chats/chats.ts';
import { type Person, signUp } from '../harness/accounts.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { makeWhole } from '../harness/make.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { eventually, send } from '../harness/streams.ts';
import { ask, make, makeChat, put } from '../projects/people.ts';
import { bulk, list, look, undo } from './order-people.ts';

const MANY = 10_000;

let parley: TestParley;
beforeAll(async () => {
  parley = await startTestParley({ maxChats: 20_000 });
  await addEndpoint(parley.services, { slots: 2 });
});
afterAll(() => parley.close());

/** Somebody with many chats, half of which have a tag. */
async function grown(): Promise<Person> {
  const person = await signUp(parley.url);
  await parley.services.db.$client.query(
    `INSERT INTO chats (id, user_id, title, tags, metadata)
     SELECT gen_random_uuid(), $1, n::text, CASE WHEN n % 2 = 0 THEN '{even}'::text[] ELSE '{}' END, '{"a": 1}'
     FROM generate_series(1, $2) n`,
    [person.userId, MANY],
  );
  return person;
}

/** What the chats of somebody are like, each as often as it is there. */
const sumUp = async (person: Person) =>
  (
    await parley.services.db.$client.query(
      `SELECT archived, pinned, deleted_at IS NOT NULL AS deleted, tags, count(*)::int FROM chats WHERE user_id = $1
       GROUP BY 1, 2, 3, 4 ORDER BY 4, 1, 2, 3`,
      [person.userId],
    )
  ).rows;

/** The frames of a live connection, once it is there. */
async function listen(person: Person, path = '/api/v1/live') {
  const socket = new WebSocket(parley.url.replace('http', 'ws') + path, {
    headers: { cookie: person.cookie },
  });
  const frames: { type: string; payload: { chatId?: string; chat?: Chat } }[] = [];
  socket.on('message', (data) => frames.push(JSON.parse(String(data))));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await eventually(
    async () => frames.length,
    (count) => count > 0,
  );
  return { frames, closed, close: () => socket.close() };
}

test('ten thousand chats are changed and changed back, each time all of them', async () => {
  const person = await grown();
  const before = await sumUp(person);
  const all = { filter: { archived: 'all' } };
  for (const body of [
    { ...all, action: 'archive' },
    { ...all, action: 'tag', tag: 'new' },
    { ...all, action: 'pin' },
    { ...all, action: 'delete' },
  ]) {
    const done = await bulk(person, body);
    expect(done.body.count).toBe(MANY);
    expect(await sumUp(person)).not.toEqual(before);
    expect((await undo(person, done.body.undo)).body.count).toBe(MANY);
    expect(await sumUp(person)).toEqual(before);
  }
  const { body: me } = await ask<{ chatCount: number }>(person, 'GET', '/me');
  expect(me.chatCount).toBe(MANY);
  const untagged = await bulk(person, { filter: { tag: 'even' }, action: 'untag', tag: 'even' });
  expect(untagged.body.count).toBe(MANY / 2);
});

test('of two at once on the same chats, and sends to them, none waits for another for ever, and none is lost', async () => {
  const person = await grown();
  const { chat } = await send(person, '/script text="x" rate=0');
  const all = { filter: { archived: 'all' } };
  const answers = await Promise.all([
    bulk(person, { ...all, action: 'archive' }),
    bulk(person, { ...all, action: 'tag', tag: 'one' }),
    bulk(person, { ...all, action: 'tag', tag: 'two' }),
    bulk(person, { ...all, action: 'pin' }),
    ...Array.from({ length: 5 }, () =>
      ask(person, 'POST', `/chats/${chat.id}/messages`, { content: '/script text="x" rate=0' }),
    ),
    ask(person, 'PATCH', `/chats/${chat.id}`, { title: 'Named meanwhile' }),
    makeChat(person, { title: 'Made meanwhile' }).then(() => ({ status: 201 })),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, ...Array(5).fill(202), 200, 201]);
  const [now] = await look(person, [chat]);
  expect(now).toMatchObject({ title: 'Named meanwhile', archived: true, pinned: true });
  expect(now!.tags.toSorted()).toEqual(['one', 'two']);
});

test('an undo that is sent twice at once takes back once', async () => {
  const person = await signUp(parley.url);
  const chat = await makeChat(person, {});
  const { body } = await bulk(person, { ids: [chat.id], action: 'archive' });
  const counts = await Promise.all([1, 2, 3].map(async () => (await undo(person, body.undo)).body.count));
  expect(counts.toSorted()).toEqual([0, 0, 1]);
});

test('what runs and what waits in chats that are deleted together is stopped, and comes back with its text', async () => {
  const person = await signUp(parley.url);
  const sent = [
    await send(person, '/script tokens=5000 rate=100'),
    await send(person, '/script tokens=5000 rate=100'),
    await send(person, '/script tokens=5000 rate=100'),
  ];
  const ids = sent.map(({ chat }) => chat.id);
  const { body } = await bulk(person, { ids, action: 'delete' });
  const { rows } = await parley.services.db.$client.query(
    'SELECT DISTINCT state FROM generations WHERE chat_id = ANY($1)',
    [ids],
  );
  expect(rows).toEqual([{ state: 'cancelled' }]);
  expect((await undo(person, body.undo)).body.count).toBe(3);
  expect(await list(person, '')).toHaveLength(3);
});

test('other tabs are told of each of a few chats, and of many that lists are to be read again', async () => {
  const [owner, author] = [await signUp(parley.url), await signUp(parley.url)];
  const project = await make(owner);
  await put(owner, project, author, 'editor');
  const own = await makeChat(owner, {});
  const shared = await makeChat(author, { projectId: project.id });
  const [tab, others] = [await listen(owner), await listen(author)];
  const told = (
    who: { frames: { type: string; payload: { chatId?: string; chat?: Chat } }[] },
    type: string,
    id: string,
  ) =>
    eventually(
      async () =>
        who.frames.some(
          (frame) => frame.type === type && (frame.payload.chatId ?? frame.payload.chat?.id) === id,
        ),
      Boolean,
    );
  const first = await bulk(owner, { ids: [own.id, shared.id], action: 'archive' });
  await told(tab, 'chat_saved', own.id);
  await told(others, 'chat_saved', shared.id);
  await undo(owner, first.body.undo);
  const moved = await bulk(owner, { ids: [own.id], action: 'move', projectId: project.id });
  await told(others, 'chat_saved', own.id);
  await undo(owner, moved.body.undo);
  await told(others, 'chat_deleted', own.id);
  await bulk(owner, { ids: [own.id, shared.id], action: 'delete' });
  await told(tab, 'chat_deleted', own.id);
  await told(others, 'chat_deleted', shared.id);

  for (let nth = 0; nth < 60; nth++) await makeChat(author, { projectId: project.id });
  const [one] = (await ask<{ items: Chat[] }>(owner, 'GET', `/chats?projectId=${project.id}`)).body.items;
  const socket = await listen(author, `/api/v1/chats/${one!.id}/stream`);
  tab.frames.length = others.frames.length = 0;
  expect((await bulk(owner, { filter: { projectId: project.id }, action: 'delete' })).body.count).toBe(60);
  for (const who of [tab, others])
    await eventually(
      async () => who.frames.map(({ type }) => type),
      (types) => types.includes('chats_changed'),
    );
  expect([...tab.frames, ...others.frames].filter(({ type }) => type === 'chat_deleted')).toEqual([]);
  // Who has one of them open is told of that one.
  expect(await socket.closed).toBe(4404);
  tab.close();
  others.close();
});

test('killed at any moment, all is done with its way back, or nothing', async ({ onTestFinished }) => {
  const whole = await makeWhole(onTestFinished);
  const { ada } = whole;
  const chats: Chat[] = [];
  for (let nth = 0; nth < 40; nth++) chats.push(await makeChat(ada, { title: `${nth}` }));
  const ids = chats.map(({ id }) => id);
  for (let round = 0; round < 4; round++) {
    const answer = bulk(ada, { ids, action: round % 2 ? 'restore' : 'archive' }).catch(() => null);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
    await whole.parley.kill();
    const done = await answer;
    await whole.start();
    const archived = (await look(ada, chats)).filter((chat) => chat?.archived).length;
    expect([0, 40]).toContain(archived);
    if (done?.status === 200) {
      expect(archived).toBe(round % 2 ? 0 : 40);
      expect((await undo(ada, done.body.undo)).body.count).toBe(done.body.count);
    }
    // Whatever came of it, the next round begins with what it is to change.
    await bulk(ada, { ids, action: round % 2 ? 'restore' : 'archive' });
    const { body: me } = await ask<{ chatCount: number }>(ada, 'GET', '/me');
    expect(me.chatCount).toBe(round % 2 ? 40 : 0);
  }
}, 180_000);
