/** What becomes of a message that waits: changed, moved, taken back, held, sent by hand, or passed by an interruption. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, signUp } from '../harness/accounts.ts';
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
  type Queued,
  queue,
  SHORT,
  saidIn,
  say,
  stop,
  waiting,
  whenHeld,
  whenSent,
} from './outbox-people.ts';

let parley: TestParley;
let ada: Person;
beforeAll(async () => {
  parley = await startTestParley({}, {}, QUICK_CLOCK);
  await addEndpoint(parley.services, { slots: 20, models: ['fast', 'echo'] });
  ada = await signUp(parley.url);
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
