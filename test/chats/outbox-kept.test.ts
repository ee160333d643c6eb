/** What is kept of waiting messages: how it is counted and told of, through deletions, sign-ins and races. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { recountStorage } from '#features/accounts/server/index.ts';
import { purgeDeletedChats } from '#features/chats/server/index.ts';
import { admin, guest, type Person, signIn, signUp } from '../harness/accounts.ts';
import { QUICK_CLOCK } from '../harness/clock.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { makeQuiet } from '../harness/make.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { generationWhen } from '../harness/stored.ts';
import { eventually, type SentMessage, send } from '../harness/streams.ts';
import {
  A_WHILE,
  ask,
  busyChat,
  outboxOf,
  queue,
  type Refusal,
  SHORT,
  saidIn,
  say,
  stop,
  waiting,
  whenHeld,
  whenSent,
} from './outbox-people.ts';

let parley: TestParley;
let boss: Person;
beforeAll(async () => {
  parley = await startTestParley({}, {}, QUICK_CLOCK);
  await addEndpoint(parley.services, { slots: 20, models: ['fast'] });
  boss = await admin(parley.url);
});
afterAll(async () => {
  await makeQuiet(parley);
  await parley.close();
});

const sql = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await parley.services.db.$client.query(text, values)).rows;

describe('what waits is counted', () => {
  it('while it waits, as a message once it was sent, and not at all once it is gone', async () => {
    const person = await signUp(parley.url);
    const drift = async () => {
      const counted = () =>
        sql<{ bytes: number }>('SELECT bytes FROM storage WHERE owner_id = $1', [person.userId]);
      const [before] = await counted();
      await recountStorage(parley.services);
      const [after] = await counted();
      return [after!.bytes - before!.bytes, after!.bytes] as const;
    };
    const { chat, generation } = await busyChat(person);
    const [, before] = await drift();
    const parameters = { temperature: 0.1, stop: ['ä'] };
    const { body } = await say(person, chat.id, 'x'.repeat(5000), { parameters });
    const [wrong, kept] = await drift();
    expect([wrong, kept - before > 5200]).toEqual([0, true]);
    await ask(person, 'PATCH', `/outbox/${body.outbox.id}`, { content: `ü${SHORT}` });
    expect((await drift())[0]).toBe(0);
    const [other] = await queue(person, chat.id, 'y'.repeat(3000));
    await ask(person, 'DELETE', `/outbox/${other}`);
    expect((await drift())[0]).toBe(0);
    await stop(person, generation.id);
    await whenHeld(person, chat.id);
    const sent = await ask<SentMessage>(person, 'POST', `/outbox/${body.outbox.id}/send`);
    await generationWhen(person, sent.body.generation.id);
    expect((await drift())[0]).toBe(0);
    await queue(person, (await busyChat(person)).chat.id, 'z');
    await makeQuiet(parley);
    await sql(`UPDATE chats SET deleted_at = 'epoch' WHERE user_id = $1`, [person.userId]);
    await purgeDeletedChats(parley.services);
    expect(await drift()).toEqual([0, 0]);
  });

  it('and refused where there is no room', async () => {
    const person = await signUp(parley.url);
    const { chat } = await busyChat(person);
    await ask(boss, 'PATCH', `/admin/users/${person.userId}`, { maxStorageBytes: 5000 });
    const refused = await say(person, chat.id, 'x'.repeat(10_000));
    expect((refused.body as unknown as Refusal).error.code).toBe('storage_limit');
    expect(await outboxOf(person, chat.id)).toEqual([]);
  });
});

it('a chat that is deleted sends nothing, and comes back with what waited, held', async () => {
  const person = await signUp(parley.url);
  const { chat } = await busyChat(person);
  await queue(person, chat.id, 'a', 'b');
  await ask(person, 'DELETE', `/chats/${chat.id}`);
  expect((await ask(person, 'GET', `/chats/${chat.id}/outbox`)).status).toBe(404);
  await eventually(
    () => sql(`SELECT FROM outbox WHERE chat_id = $1 AND state = 'held'`, [chat.id]),
    ({ length }) => length === 2,
  );
  await ask(person, 'POST', `/chats/${chat.id}/restore`);
  expect((await outboxOf(person, chat.id)).map(({ state, error }) => [state, error!.reason])).toEqual(
    Array(2).fill(['held', 'outbox_chat_deleted']),
  );
  expect((await saidIn(person, chat.id)).length).toBe(1);
});

it('a guest who signs in takes along what waits, and it is sent for the account', async () => {
  const [visitor, account] = [await guest(parley.url), await signUp(parley.url)];
  const { chat } = await busyChat(visitor, A_WHILE);
  await queue(visitor, chat.id, SHORT);
  await signIn(parley.url, account, visitor);
  await whenSent(account, chat.id);
  expect((await saidIn(account, chat.id)).slice(1)).toEqual([SHORT]);
  const rows = await sql<{ user_id: string }>('SELECT DISTINCT user_id FROM generations WHERE chat_id = $1', [
    chat.id,
  ]);
  expect(rows).toEqual([{ user_id: account.userId }]);
});

it('sends, changes, stops and deletions at once: each is sent at most once, and nothing is lost', async () => {
  const person = await signUp(parley.url);
  for (let round = 0; round < 6; round++) {
    const { chat, generation } = await busyChat(person, '/script tokens=8 rate=80');
    const ids = await queue(person, chat.id, ...Array.from({ length: 4 }, (_, n) => `${n}\n${SHORT}`));
    const answers = await Promise.all([
      ask(person, 'POST', `/outbox/${ids[3]}/send`),
      ask(person, 'POST', `/outbox/${ids[3]}/send`),
      say(person, chat.id, `1\n${SHORT}`, { id: ids[1], when: 'now' }),
      say(person, chat.id, `0\n${SHORT}`, { id: ids[0], when: 'interrupt' }),
      ask(person, 'PATCH', `/outbox/${ids[2]}`, { position: 0 }),
      say(person, chat.id, `new\n${SHORT}`),
      stop(person, generation.id),
    ]);
    expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
    await eventually(
      async () => [
        await sql(`SELECT FROM generations WHERE chat_id = $1 AND state IN ('queued', 'running')`, [chat.id]),
        (await outboxOf(person, chat.id)).filter(({ state }) => state === 'waiting'),
      ],
      (left) => left.flat().length === 0,
      20_000,
    );
    const rows = await sql<{ text: string }>(
      `SELECT content->0->>'text' AS text FROM messages WHERE chat_id = $1 AND role = 'user'`,
      [chat.id],
    );
    const said = [...rows.map(({ text }) => text), ...(await waiting(person, chat.id))];
    expect(said.toSorted()).toEqual(
      [
        '/script tokens=8 rate=80',
        ...['0', '1', '2', '3', 'new'].map((mark) => `${mark}\n${SHORT}`),
      ].toSorted(),
    );
  }
});

it('every tab is told of what waits, by its person alone; over a socket it is answered with the ref', async () => {
  type Frame = { type: string; payload: Record<string, unknown> };
  const connect = async (person: Person, path = '/api/v1/live') => {
    const socket = new WebSocket(parley.url.replace('http', 'ws') + path, {
      headers: { cookie: person.cookie },
    });
    onTestFinished(() => socket.close());
    const frames: Frame[] = [];
    socket.on('message', (data) => void frames.push(JSON.parse(String(data)) as Frame));
    const heard = (check: (frame: Frame) => boolean) =>
      eventually(
        async () => frames.find(check),
        (frame) => frame !== undefined,
      ) as Promise<Frame>;
    await heard(({ type }) => type === 'ready');
    return {
      frames,
      heard,
      send: (payload: object) => socket.send(JSON.stringify({ type: 'message', payload })),
    };
  };
  const [ada, ben] = [await signUp(parley.url), await signUp(parley.url)];
  const { chat, generation } = await busyChat(ada);
  const chatId = chat.id;
  const [one, two, other] = [
    await connect(ada),
    await connect(ada, `/api/v1/chats/${chatId}/stream`),
    await connect(ben),
  ];
  const id = randomUUID();
  one.send({ ref: 'r', chatId, id, content: 'later', when: 'next' });
  const answer = await one.heard(({ type }) => type === 'outbox_saved');
  expect(answer.payload).toMatchObject({ ref: 'r', chatId, item: { id, position: 0, state: 'waiting' } });
  const told = await two.heard(({ type }) => type === 'outbox_saved');
  expect(told.payload).toEqual({ chatId, item: (answer.payload as { item: object }).item });
  expect(one.frames.filter(({ type }) => type === 'outbox_saved')).toHaveLength(1);
  await stop(ada, generation.id);
  await two.heard(
    ({ type, payload }) => type === 'outbox_saved' && (payload.item as { state: string }).state === 'held',
  );
  await ask(ada, 'DELETE', `/outbox/${id}`);
  for (const line of [one, two])
    expect((await line.heard(({ type }) => type === 'outbox_deleted')).payload).toEqual({ chatId, id });
  expect(other.frames.filter(({ type }) => type.startsWith('outbox'))).toEqual([]);
  expect((await send(ada, SHORT)).message.id).toBeTruthy();
});
