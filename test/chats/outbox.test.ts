/** Messages that wait for the reply that is being written: what is answered, in which order they go, and when they do not. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, guest, type Person, signUp } from '../harness/accounts.ts';
import { QUICK_CLOCK } from '../harness/clock.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { makeQuiet } from '../harness/make.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { generationWhen, messagesOf } from '../harness/stored.ts';
import { eventually, send } from '../harness/streams.ts';
import {
  A_WHILE,
  ask,
  busyChat,
  LONG,
  outboxOf,
  type Queued,
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
let ada: Person;
let stranger: Person;
beforeAll(async () => {
  parley = await startTestParley({}, {}, QUICK_CLOCK);
  await addEndpoint(parley.services, { slots: 20, models: ['demo', 'other'] });
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
    await say(ada, chat.id, SHORT, { modelId: 'test/other', parameters: { temperature: 0.25 } });
    await say(ada, chat.id, 'compare', { modelIds: ['test/demo', 'test/other'] });
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
      'test/demo',
      'test/other',
      'test/demo',
      'test/other',
    ]);
    expect(rows.rows[1].parameters).toEqual({ temperature: 0.25 });
  });

  it.each([
    ['nothing', { content: ' ' }, 400, 'content'],
    ['an unknown model', { modelId: 'no/model' }, 400, 'modelId'],
    ['an unknown one of several', { modelIds: ['test/demo', 'no/model'] }, 400, 'modelIds'],
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

describe('what waits is', () => {
  it('changed and put elsewhere by its person, and goes out like that', async () => {
    const { person, chatId, generation, ids } = await waitingChat('a', 'b', 'c');
    const changed = await ask<{ position: number; content: unknown }>(person, 'PATCH', `/outbox/${ids[2]}`, {
      content: `c, better\n${SHORT}`,
      position: 0,
    });
    expect(changed.body).toMatchObject({
      position: 0,
      content: [{ type: 'text', text: `c, better\n${SHORT}` }],
    });
    expect(await waiting(person, chatId)).toEqual([`c, better\n${SHORT}`, 'a', 'b']);
    await ask(person, 'PATCH', `/outbox/${ids[0]}`, { position: 99 });
    expect(await waiting(person, chatId)).toEqual([`c, better\n${SHORT}`, 'b', 'a']);
    expect((await ask(person, 'PATCH', `/outbox/${ids[0]}`, { content: '' })).status).toBe(400);
    expect((await ask(person, 'PATCH', `/outbox/${ids[0]}`, { position: -1 })).status).toBe(400);
    await stop(person, generation.id);
    await whenHeld(person, chatId);
    await ask(person, 'POST', `/outbox/${ids[2]}/send`);
    await whenSent(person, chatId);
    expect((await saidIn(person, chatId)).slice(1)).toEqual([`c, better\n${SHORT}`, 'b', 'a']);
  });

  it('taken back, and not sent', async () => {
    const { person, chatId, ids } = await waitingChat('a', 'b');
    expect((await ask(person, 'DELETE', `/outbox/${ids[0]}`)).status).toBe(204);
    expect((await ask(person, 'DELETE', `/outbox/${ids[0]}`)).status).toBe(404);
    expect((await ask(person, 'POST', `/outbox/${ids[0]}/send`)).status).toBe(404);
    expect((await ask(person, 'PATCH', `/outbox/${ids[0]}`, { content: 'c' })).status).toBe(404);
    expect(await waiting(person, chatId)).toEqual(['b']);
  });

  it('held after a reply that was stopped, with the reason, and goes on in order once one of it is sent', async () => {
    const { person, chatId, generation, ids } = await waitingChat('a', SHORT, 'c');
    await stop(person, generation.id);
    const held = await whenHeld(person, chatId);
    expect(held.map(({ error }) => error?.reason)).toEqual(Array(3).fill('outbox_after_end'));
    expect(held[0]!.error).toMatchObject({ code: 'cancelled', params: { state: 'cancelled' } });
    const sent = await ask<Queued>(person, 'POST', `/outbox/${ids[1]}/send`);
    expect([sent.status, sent.body.message.id]).toEqual([202, ids[1]]);
    // Again: what was sent the first time.
    const again = await ask<Queued>(person, 'POST', `/outbox/${ids[1]}/send`);
    expect(again.body.generation.id).toBe(sent.body.generation.id);
    await whenSent(person, chatId);
    expect((await saidIn(person, chatId)).slice(1)).toEqual([SHORT, 'a', 'c']);
  });

  it('held after a reply that failed', async () => {
    const { chat } = await busyChat(ada, '/script tokens=40 rate=40 fail=mid');
    await queue(ada, chat.id, 'after');
    expect((await whenHeld(ada, chat.id))[0]!.error!.code).toBe('failed');
    // What is said now does not take it along.
    const next = await say(ada, chat.id, SHORT);
    await generationWhen(ada, next.body.generation.id);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await waiting(ada, chat.id)).toEqual(['after']);
  });

  it('first in the line when it is sent while a reply is written', async () => {
    const { person, chatId, generation, ids } = await waitingChat('a', 'b');
    await stop(person, generation.id);
    await whenHeld(person, chatId);
    const running = await say(person, chatId, A_WHILE, { when: 'now' });
    const { status, body } = await ask<Queued>(person, 'POST', `/outbox/${ids[1]}/send`);
    expect([status, body.outbox]).toEqual([202, expect.objectContaining({ position: 0, state: 'waiting' })]);
    expect(await waiting(person, chatId)).toEqual(['b', 'a']);
    await whenSent(person, chatId);
    expect((await saidIn(person, chatId)).slice(1)).toEqual([A_WHILE, 'b', 'a']);
    expect((await generationWhen(person, running.body.generation.id)).state).toBe('completed');
  });

  it('sent once when it is sent another way meanwhile', async () => {
    const { person, chatId, ids } = await waitingChat('a', 'b');
    expect((await say(person, chatId, 'other', { id: ids[0], when: 'now' })).status).toBe(409);
    const now = await say(person, chatId, 'a', { id: ids[0], when: 'now' });
    expect([now.status, now.body.message.id]).toEqual([202, ids[0]]);
    expect(await waiting(person, chatId)).toEqual(['b']);
  });

  it('not sent while another reply of the chat is in work', async () => {
    const { chat } = await busyChat(ada, A_WHILE);
    const other = await say(ada, chat.id, LONG, { when: 'now' });
    await queue(ada, chat.id, 'after both');
    await eventually(
      () =>
        parley.services.db.$client.query(
          `SELECT FROM generations WHERE chat_id = $1 AND state = 'completed'`,
          [chat.id],
        ),
      ({ rowCount }) => rowCount === 1,
    );
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await waiting(ada, chat.id)).toEqual(['after both']);
    await stop(ada, other.body.generation.id);
    await whenHeld(ada, chat.id);
  });
});

describe('a message with `when: interrupt`', () => {
  it('stops what runs, keeps its text, and is sent; what waited is held', async () => {
    const { person, chatId, generation } = await waitingChat('a');
    await eventually(
      () =>
        parley.services.db.$client.query('SELECT FROM generation_events WHERE generation_id = $1', [
          generation.id,
        ]),
      ({ rowCount }) => rowCount! > 1,
    );
    const id = randomUUID();
    const sent = await say(person, chatId, SHORT, { id, when: 'interrupt' });
    expect([sent.status, sent.body.message.id]).toEqual([202, id]);
    const stopped = await generationWhen(person, generation.id);
    expect(stopped.state).toBe('cancelled');
    const [, reply] = await messagesOf(person, chatId);
    expect(reply!.content.length).toBe(1);
    const again = await say(person, chatId, SHORT, { id, when: 'interrupt' });
    expect(again.body.generation.id).toBe(sent.body.generation.id);
    expect((await whenHeld(person, chatId))[0]!.error!.code).toBe('interrupt');
    expect((await saidIn(person, chatId)).slice(1)).toEqual([SHORT]);
  });

  it('sends an item that waits, in the place of the reply', async () => {
    const { person, chatId, ids } = await waitingChat('a', 'b');
    const sent = await say(person, chatId, 'b', { id: ids[1], when: 'interrupt' });
    expect([sent.status, sent.body.message.id]).toEqual([202, ids[1]]);
    expect(await waiting(person, chatId)).toEqual(['a']);
  });

  it('is sent as any other when nothing runs', async () => {
    const { chat, generation } = await send(ada, SHORT);
    await generationWhen(ada, generation.id);
    expect((await say(ada, chat.id, SHORT, { when: 'interrupt' })).status).toBe(202);
  });
});
