/** Messages that wait for the reply that is being written: what is answered, in which order they go, and when they do not. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, guest, type Person, signUp } from '../harness/accounts.ts';
import { QUICK_CLOCK } from '../harness/clock.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { makeQuiet } from '../harness/make.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { generationWhen, messagesOf } from '../harness/stored.ts';
import { send } from '../harness/streams.ts';
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
  waiting,
  whenSent,
} from './outbox-people.ts';

let parley: TestParley;
let boss: Person;
let ada: Person;
let stranger: Person;
beforeAll(async () => {
  parley = await startTestParley({}, {}, QUICK_CLOCK);
  await addEndpoint(parley.services, { slots: 20, models: ['fast', 'echo'] });
  boss = await admin(parley.url);
  ada = await signUp(parley.url);
  stranger = await guest(parley.url);
});
afterAll(async () => {
  await makeQuiet(parley);
  await parley.close();
});

/** A busy chat of somebody new, who has written behind its reply. */
async function waitingChat(...texts: string[]) {
  const person = await signUp(parley.url);
  const sent = await busyChat(person);
  const ids = await queue(person, sent.chat.id, ...texts);
  return { person, chatId: sent.chat.id, generation: sent.generation, ids };
}

it('nobody sees, changes, takes back or sends what a stranger has waiting', async () => {
  const { person, chatId, ids } = await waitingChat('mine');
  for (const who of [stranger, boss]) {
    expect((await ask(who, 'GET', `/chats/${chatId}/outbox`)).status).toBe(404);
    expect((await ask(who, 'PATCH', `/outbox/${ids[0]}`, { content: 'theirs' })).status).toBe(404);
    expect((await ask(who, 'DELETE', `/outbox/${ids[0]}`)).status).toBe(404);
    expect((await ask(who, 'POST', `/outbox/${ids[0]}/send`)).status).toBe(404);
    expect((await say(who, chatId, 'theirs')).status).toBe(404);
  }
  expect(await waiting(person, chatId)).toEqual(['mine']);
});

describe('a message with `when: next`', () => {
  it('waits while a reply is written, is told as an item, and is sent when that is complete, in order', async () => {
    const { chat, generation } = await busyChat(ada, A_WHILE);
    const [first, second] = [randomUUID(), randomUUID()];
    const { status, body } = await say(ada, chat.id, SHORT, { id: first, replyId: randomUUID() });
    expect(status).toBe(202);
    expect(body).toEqual({
      outbox: {
        id: first,
        chatId: chat.id,
        replyId: expect.any(String),
        content: [{ type: 'text', text: SHORT }],
        position: 0,
        state: 'waiting',
        error: null,
        modelId: null,
        createdAt: expect.any(String),
      },
    });
    expect((await say(ada, chat.id, 'second', { id: second })).body.outbox.position).toBe(1);
    expect((await outboxOf(ada, chat.id)).map(({ id, position }) => [id, position])).toEqual([
      [first, 0],
      [second, 1],
    ]);
    expect((await messagesOf(ada, chat.id)).length).toBe(2);
    await whenSent(ada, chat.id);
    expect(await saidIn(ada, chat.id)).toEqual([A_WHILE, SHORT, 'second']);
    const messages = await messagesOf(ada, chat.id);
    expect(messages.map(({ id }) => id)).toContain(first);
    expect(messages[3]!.id).toBe(body.outbox.replyId);
    // One branch: each answers the reply before it.
    for (const [place, message] of messages.entries())
      expect(message.parentId).toBe(messages[place - 1]?.id ?? null);
    expect((await generationWhen(ada, generation.id)).state).toBe('completed');
  });

  it('is sent at once when nothing runs', async () => {
    const { chat, generation } = await send(ada, SHORT);
    await generationWhen(ada, generation.id);
    const { status, body } = await say(ada, chat.id, SHORT);
    expect([status, body.generation.state, body.outbox]).toEqual([202, expect.any(String), undefined]);
  });

  it('makes a new chat as any first message does', async () => {
    expect((await send(ada, SHORT, { when: 'next' })).message.id).toEqual(expect.any(String));
  });

  it('is the same item when it comes again, and the message once it was sent; other content is a conflict', async () => {
    const { chat } = await busyChat(ada, A_WHILE);
    const id = randomUUID();
    const twins = await Promise.all([1, 2, 3].map(() => say(ada, chat.id, SHORT, { id })));
    for (const { status, body } of twins) expect([status, body.outbox.id]).toEqual([202, id]);
    const other = await say(ada, chat.id, 'other', { id });
    expect([other.status, (other.body as unknown as Refusal).error]).toEqual([
      409,
      expect.objectContaining({ code: 'conflict', field: 'id' }),
    ]);
    await whenSent(ada, chat.id);
    const again = await say(ada, chat.id, SHORT, { id });
    expect([again.status, again.body.message.id]).toEqual([202, id]);
    expect((await say(ada, chat.id, 'other', { id })).status).toBe(409);
    expect((await saidIn(ada, chat.id)).filter((text) => text === SHORT)).toHaveLength(1);
  });

  it('is answered by JSON also to who wants a stream', async () => {
    const { chat } = await busyChat(ada);
    const answer = await ada.fetch(`/api/v1/chats/${chat.id}/messages`, {
      method: 'POST',
      headers: { accept: 'text/event-stream' },
      json: { content: 'later', when: 'next' },
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      202,
      expect.stringContaining('application/json'),
    ]);
    expect(await answer.json()).toHaveProperty('outbox.state', 'waiting');
  });

  it('goes to its own model with its own parameters, or to several', async () => {
    const { chat } = await busyChat(ada, A_WHILE);
    await say(ada, chat.id, SHORT, { modelId: 'test/echo', parameters: { temperature: 0.25 } });
    await say(ada, chat.id, 'compare', { modelIds: ['test/fast', 'test/echo'] });
    await whenSent(ada, chat.id);
    const { body } = await ask<{ items: { modelId: string; parameters: object; client: string }[] }>(
      ada,
      'GET',
      '/generations?limit=3',
    );
    const rows = await parley.services.db.$client.query(
      `SELECT model_id, parameters FROM generations WHERE chat_id = $1 ORDER BY ordinal`,
      [chat.id],
    );
    expect(body.items).toHaveLength(3);
    expect(rows.rows.map((row) => row.model_id)).toEqual([
      'test/fast',
      'test/echo',
      'test/fast',
      'test/echo',
    ]);
    expect(rows.rows[1].parameters).toEqual({ temperature: 0.25 });
  });

  it.each([
    ['nothing', { content: ' ' }, 400, 'content'],
    ['an unknown model', { modelId: 'no/model' }, 400, 'modelId'],
    ['an unknown one of several', { modelIds: ['test/fast', 'no/model'] }, 400, 'modelIds'],
    ['a parent of another chat', { parentId: randomUUID() }, 400, 'parentId'],
    ['more than a mebibyte', { content: 'x'.repeat(1024 * 1024 + 1) }, 413, 'content'],
    ['a time that there is not', { when: 'later' }, 400, 'when'],
  ])('is refused at once with %s', async (_what, wrong, status, field) => {
    const { chat } = await busyChat(ada);
    const refused = await say(ada, chat.id, 'later', wrong);
    expect([refused.status, (refused.body as unknown as Refusal).error.field]).toEqual([status, field]);
    expect(await outboxOf(ada, chat.id)).toEqual([]);
  });

  it('is one of fifty at most, of one person in one chat', async () => {
    const { person, chatId } = await waitingChat(...Array.from({ length: 49 }, (_, n) => `${n}`));
    const both = await Promise.all([say(person, chatId, 'a'), say(person, chatId, 'b')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([202, 409]);
    const refused = both.find(({ status }) => status === 409)!.body as unknown as Refusal;
    expect(refused.error.reason).toBe('outbox_full');
    const page = await ask<{ items: unknown[]; nextCursor: string }>(
      person,
      'GET',
      `/chats/${chatId}/outbox?limit=20`,
    );
    expect(page.body.items).toHaveLength(20);
    const rest = await ask<{ items: { position: number }[]; nextCursor: null }>(
      person,
      'GET',
      `/chats/${chatId}/outbox?cursor=${page.body.nextCursor}`,
    );
    expect(rest.body.items.map(({ position }) => position)).toEqual(
      Array.from({ length: 30 }, (_, n) => n + 20),
    );
    expect((await ask(person, 'GET', `/chats/${chatId}/outbox?cursor=none`)).status).toBe(400);
  });
});
