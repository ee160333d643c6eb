/** Whose waiting messages are whose: in shared chats, when a right is lost, and when they are refused at their turn. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdForgottenItems } from '#features/chats/server/index.ts';
import { admin, type Person, signUp } from '../harness/accounts.ts';
import { QUICK_CLOCK } from '../harness/clock.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { makeQuiet } from '../harness/make.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { generationWhen, messagesOf } from '../harness/stored.ts';
import { eventually, type SentMessage } from '../harness/streams.ts';
import {
  A_WHILE,
  ask,
  busyChat,
  LONG,
  outboxOf,
  queue,
  type Refusal,
  SHORT,
  saidIn,
  say,
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

/** A shared chat of Ada's with Ben as an editor and a viewer beside them, in which a reply is written to Ada. */
async function room(content = LONG) {
  const [ada, ben, viewer] = await Promise.all([1, 2, 3].map(() => signUp(parley.url)));
  const { body: project } = await ask<{ id: string }>(ada!, 'POST', '/projects', { name: 'Room' });
  const role = (person: Person, given: string) =>
    ask(ada!, 'PUT', `/projects/${project.id}/members/${person.userId}`, { role: given });
  await role(ben!, 'editor');
  await role(viewer!, 'viewer');
  const { body: sent } = await ask<SentMessage>(ada!, 'POST', '/messages', {
    chat: { projectId: project.id },
    message: { content },
  });
  return { ada: ada!, ben: ben!, viewer: viewer!, role, chatId: sent.chat.id, generation: sent.generation };
}

describe('in a shared chat', () => {
  it('each sees and changes their own alone, and a viewer keeps nothing', async () => {
    const { ada, ben, viewer, chatId } = await room();
    const [adas] = await queue(ada, chatId, 'of Ada');
    const [bens] = await queue(ben, chatId, 'of Ben');
    expect([await waiting(ada, chatId), await waiting(ben, chatId)]).toEqual([['of Ada'], ['of Ben']]);
    expect((await outboxOf(ben, chatId))[0]!.position).toBe(0);
    for (const [person, id] of [
      [ben, adas],
      [ada, bens],
      [viewer, adas],
    ] as const) {
      expect((await ask(person, 'PATCH', `/outbox/${id}`, { content: 'x' })).status).toBe(404);
      expect((await ask(person, 'DELETE', `/outbox/${id}`)).status).toBe(404);
      expect((await ask(person, 'POST', `/outbox/${id}/send`)).status).toBe(404);
    }
    for (const when of ['next', 'interrupt'])
      expect((await say(viewer, chatId, 'x', { when })).status).toBe(403);
    // The id of another's is taken, and tells nothing else.
    expect((await say(ben, chatId, 'of Ada', { id: adas })).status).toBe(409);
    expect(await outboxOf(viewer, chatId)).toEqual([]);
  });

  it('they go in the order in which they came, whoever’s they are, and each pays for their own', async () => {
    const { ada, ben, chatId, generation } = await room(A_WHILE);
    await queue(ben, chatId, `b1\n${SHORT}`);
    await queue(ada, chatId, `a1\n${SHORT}`, `a2\n${SHORT}`);
    const [last] = await queue(ben, chatId, `b2\n${SHORT}`);
    // Among one's own: Ben's second takes the place of Ben's first, before what Ada says.
    await ask(ben, 'PATCH', `/outbox/${last}`, { position: 0 });
    await generationWhen(ada, generation.id);
    await whenSent(ada, chatId);
    await whenSent(ben, chatId);
    expect((await saidIn(ada, chatId)).slice(1).map((text) => text.slice(0, 2))).toEqual([
      'b2',
      'a1',
      'a2',
      'b1',
    ]);
    const authors = (await messagesOf(ada, chatId)).filter(({ role }) => role === 'user');
    expect(authors.slice(1).map(({ authorId }) => authorId)).toEqual(
      [ben, ada, ada, ben].map(({ userId }) => userId),
    );
    const paid = await sql<{ user_id: string }>(
      'SELECT user_id FROM generations WHERE chat_id = $1 ORDER BY ordinal',
      [chatId],
    );
    expect(paid.map((row) => row.user_id)).toEqual([ada, ben, ada, ada, ben].map(({ userId }) => userId));
  });

  it('who lost the right says nothing more there, and what others have waiting goes on', async () => {
    const { ada, ben, role, chatId, generation } = await room('/script tokens=40 rate=40');
    const [bens] = await queue(ben, chatId, 'of Ben', 'of Ben too');
    await queue(ada, chatId, `of Ada\n${SHORT}`);
    await role(ben, 'viewer');
    for (const [method, path, body] of [
      ['PATCH', `/outbox/${bens}`, { content: 'x' }],
      ['DELETE', `/outbox/${bens}`, undefined],
      ['POST', `/outbox/${bens}/send`, undefined],
    ] as const)
      expect((await ask(ben, method, path, body)).status).toBe(403);
    await generationWhen(ada, generation.id);
    await whenSent(ada, chatId);
    expect((await saidIn(ada, chatId)).slice(1)).toEqual([`of Ada\n${SHORT}`]);
    const held = await outboxOf(ben, chatId);
    expect(held.map(({ state, error }) => [state, error!.reason])).toEqual([
      ['held', 'chat_not_yours'],
      ['held', 'outbox_one_before'],
    ]);
    await role(ben, 'editor');
    expect((await ask(ben, 'POST', `/outbox/${bens}/send`)).status).toBe(202);
    await whenSent(ben, chatId);
  });

  it('who is disabled or put out says nothing more', async () => {
    for (const away of ['disabled', 'put out']) {
      const { ada, ben, chatId, generation } = await room(A_WHILE);
      await queue(ben, chatId, 'of Ben');
      if (away === 'disabled') {
        await ask(boss, 'PATCH', `/admin/users/${ben.userId}`, { disabled: true });
      } else {
        await sql('DELETE FROM project_members WHERE user_id = $1', [ben.userId]);
        expect((await ask(ben, 'GET', `/chats/${chatId}/outbox`)).status).toBe(404);
      }
      await generationWhen(ada, generation.id);
      const states = await eventually(
        () => sql<{ state: string }>('SELECT state FROM outbox WHERE chat_id = $1', [chatId]),
        ([row]) => row?.state === 'held',
      );
      expect(states).toHaveLength(1);
      expect((await saidIn(ada, chatId)).length).toBe(1);
    }
  });
});

describe('behind a reply that is removed with who asked for it', () => {
  /** Without waiting for the hour at which it is swept. */
  const sweep = () => holdForgottenItems(parley.services);

  it('what others have waiting is held, with a reason, and goes out when it is sent on', async () => {
    const { ada, ben, chatId, generation } = await room(SHORT);
    await generationWhen(ada, generation.id);
    await ask(ben, 'POST', `/chats/${chatId}/messages`, { content: LONG });
    const [first] = await queue(ada, chatId, `of Ada\n${SHORT}`, `of Ada too\n${SHORT}`);
    await sweep();
    expect((await outboxOf(ada, chatId)).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    await sql('DELETE FROM users WHERE id = $1', [ben.userId]);
    await sweep();
    const held = await outboxOf(ada, chatId);
    expect(held.map(({ state, error }) => [state, error?.reason])).toEqual([
      ['held', 'outbox_reply_gone'],
      ['held', 'outbox_reply_gone'],
    ]);
    await ask(ada, 'POST', `/outbox/${first}/send`);
    await whenSent(ada, chatId);
  });

  it('what waits where another reply is in work goes out after that', async () => {
    const { ada, chatId, generation } = await room(A_WHILE);
    await queue(ada, chatId, `of Ada\n${SHORT}`);
    await sql('DELETE FROM generation_followers WHERE generation_id = $1', [generation.id]);
    await sweep();
    await whenSent(ada, chatId);
    expect((await saidIn(ada, chatId)).at(-1)).toBe(`of Ada\n${SHORT}`);
  });
});

describe('what is refused when its turn comes', () => {
  const limit = (person: Person, limits: object) =>
    ask(boss, 'PATCH', `/admin/users/${person.userId}`, limits);

  it('is held with the reason in words and when it makes sense again, with what stands behind it', async () => {
    const person = await signUp(parley.url);
    const { chat, generation } = await busyChat(person, A_WHILE);
    const [first] = await queue(person, chat.id, SHORT, SHORT);
    await limit(person, { tokensPerDay: 1 });
    await generationWhen(person, generation.id);
    const held = await whenHeld(person, chat.id);
    expect(held[0]!.error).toMatchObject({
      code: 'rate_limited',
      detail: expect.any(String),
      params: expect.any(Object),
    });
    expect(held[0]!.error!.retryAt).toMatch(/Z$/);
    expect(held[1]!.error!.reason).toBe('outbox_one_before');
    // Sent by hand it is refused as any other, and stays.
    expect((await ask(person, 'POST', `/outbox/${first}/send`)).status).toBe(429);
    expect(await waiting(person, chat.id)).toHaveLength(2);
    await limit(person, { tokensPerDay: null });
    expect((await ask(person, 'POST', `/outbox/${first}/send`)).status).toBe(202);
    await whenSent(person, chat.id);
    expect((await saidIn(person, chat.id)).slice(1)).toEqual([SHORT, SHORT]);
  });

  it('is held when its model is gone, and when the storage is full', async () => {
    const person = await signUp(parley.url);
    const { chat, generation } = await busyChat(person, '/script tokens=30 rate=40');
    await addEndpoint(parley.services, { name: 'gone' });
    await say(person, chat.id, 'to a model that goes', { modelId: 'gone/demo' });
    await sql(`DELETE FROM models USING endpoints e WHERE e.id = endpoint_id AND e.name = 'gone'`);
    await sql(
      `UPDATE models SET is_default = true FROM endpoints e WHERE e.id = endpoint_id AND e.name = 'test'`,
    );
    await generationWhen(person, generation.id);
    expect((await whenHeld(person, chat.id))[0]!.error).toMatchObject({
      code: 'invalid_input',
      reason: 'no_such_model',
    });
    await limit(person, { maxStorageBytes: 10 });
    const refused = await ask<Refusal>(
      person,
      'PATCH',
      `/outbox/${(await outboxOf(person, chat.id))[0]!.id}`,
      {
        content: 'x'.repeat(10_000),
      },
    );
    expect(refused.body.error.code).toBe('storage_limit');
  });
});
