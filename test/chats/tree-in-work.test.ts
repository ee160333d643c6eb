/** The tree while replies are written: what is refused, who wins a race, what models are told, and who hears of it. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Chat } from '#features/chats/chats.ts';
import type { Generation } from '#features/generations/generations.ts';
import type { Message } from '#features/messages/messages.ts';
import { textOf } from '#features/messages/rules.ts';
import { admin, type Person, signUp } from '#test/harness/accounts.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { makeQuiet } from '#test/harness/make.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { generationWhen, messagesOf } from '#test/harness/stored.ts';
import { eventually, send } from '#test/harness/streams.ts';
import { startUpstream, type Upstream } from '#test/upstream/start-upstream.ts';

let parley: TestParley;
let upstream: Upstream;
let ada: Person;
beforeAll(async () => {
  [parley, upstream] = await Promise.all([startTestParley(), startUpstream()]);
  const { url: baseUrl } = upstream;
  await addEndpoint(parley.services, { name: 'up', kind: 'anthropic', baseUrl, models: ['normal'] });
  await addEndpoint(parley.services, { name: 'test', slots: 8, models: ['demo', 'echo', 'failing'] });
  ada = await admin(parley.url);
});
afterAll(() => Promise.all([parley.close(), upstream.close()]));
afterEach(() => makeQuiet(parley));

type Several = { message: Message; replies: { reply: Message; generation: Generation }[]; chat?: Chat };
const ask = async (path: string, method = 'POST', json?: object, person = ada) => {
  const answer = await person.fetch(`/api/v1${path}`, { method, ...(json && { json }) });
  const text = await answer.text();
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into by the tests
  return { status: answer.status, body: (text ? JSON.parse(text) : null) as any };
};
const sendEnded = async (content: string, more: object = {}) => {
  const sent = await send(ada, content, more);
  await generationWhen(ada, sent.generation.id);
  return sent;
};
const sql = async (text: string, values: unknown[] = []) =>
  (await parley.services.db.$client.query(text, values)).rows;

describe('while a reply is written', () => {
  test('neither it nor what it answers can be deleted, rewritten or forked; afterwards they can', async () => {
    const sent = await send(ada, '/script tokens=5000 rate=50');
    await generationWhen(ada, sent.generation.id, ['running']);
    for (const [path, method, json] of [
      [`/messages/${sent.message.id}`, 'DELETE'],
      [`/messages/${sent.reply.id}`, 'DELETE'],
      [`/messages/${sent.reply.id}/edit`, 'POST', { content: 'x' }],
      [`/messages/${sent.reply.id}/fork`, 'POST', {}],
    ] as const)
      expect([path, (await ask(path, method, json)).status]).toEqual([path, 409]);
    expect((await ask(`/messages/${sent.message.id}/fork`)).status).toBe(201);
    const { body } = await ask(`/chats/${sent.chat.id}/tree`, 'GET');
    expect(body.nodes.map(({ state }: { state: string }) => state)).toEqual([null, 'running']);
    await ask(`/generations/${sent.generation.id}/cancel`);
    expect((await ask(`/messages/${sent.reply.id}/edit`, 'POST', { content: 'x' })).status).toBe(201);
    expect((await ask(`/messages/${sent.message.id}`, 'DELETE')).status).toBe(204);
  });

  test('what waits in line is as safe, and a deleted reply cannot be retried or gone on from', async () => {
    await sql(`UPDATE endpoints SET paused_at = now() WHERE name = 'test'`);
    const sent = await send(ada, 'Hello.', { modelId: 'test/failing' });
    expect((await ask(`/messages/${sent.message.id}`, 'DELETE')).status).toBe(409);
    expect((await ask(`/messages/${sent.reply.id}`, 'DELETE')).status).toBe(409);
    await sql(`UPDATE endpoints SET paused_at = NULL WHERE name = 'test'`);
    await ask(`/generations/${sent.generation.id}/cancel`);
    expect((await ask(`/messages/${sent.reply.id}`, 'DELETE')).status).toBe(204);
    expect((await ask(`/generations/${sent.generation.id}/retry`)).status).toBe(404);
    expect((await ask(`/generations/${sent.generation.id}`, 'GET')).status).toBe(200);
    const goOn = await ask(`/messages/${sent.message.id}/replies`, 'POST', { continueFrom: sent.reply.id });
    expect([goOn.status, goOn.body.error.field]).toEqual([400, 'continueFrom']);
    const again = await ask(`/messages/${sent.message.id}/replies`, 'POST', { replyId: sent.reply.id });
    expect(again.status).toBe(409);
  });

  test('sending, answering again and deleting at once never leave a reply to what is gone', async () => {
    for (let round = 0; round < 8; round++) {
      const { chat, message, reply } = await sendEnded('/script tokens=1 rate=0');
      const content = '/script tokens=1 rate=0';
      await Promise.all([
        ask(`/messages/${reply.id}`, 'DELETE'),
        ask(`/chats/${chat.id}/messages`, 'POST', { content, parentId: reply.id }),
        ask(`/messages/${message.id}/replies`),
        ask(`/messages/${message.id}`, 'DELETE'),
        ask(`/messages/${reply.id}/restore`),
        ask(`/messages/${reply.id}/edit`, 'POST', { content: 'x' }),
      ]).then((answers) => {
        for (const { status } of answers) expect([200, 201, 202, 204, 400, 404, 409]).toContain(status);
      });
      const orphans = await sql(
        `SELECT FROM messages m JOIN messages p ON p.id = m.parent_id
         WHERE m.chat_id = $1 AND (p.deleted_at IS NOT NULL OR p.chat_id <> m.chat_id)`,
        [chat.id],
      );
      expect(orphans).toEqual([]);
      const leaf = await sql(
        `SELECT m.deleted_at FROM chats c LEFT JOIN messages m ON m.id = c.leaf_message_id WHERE c.id = $1`,
        [chat.id],
      );
      expect(leaf).toEqual([{ deleted_at: null }]);
      const inWork = await sql(
        `SELECT FROM generations g JOIN messages m ON m.id IN (g.message_id, g.user_message_id)
         WHERE g.chat_id = $1 AND g.state IN ('queued', 'running') AND m.deleted_at IS NOT NULL`,
        [chat.id],
      );
      expect(inWork).toEqual([]);
      await makeQuiet(parley);
    }
  });
});

test('models are told what is left in, and what a deletion leaves beside each other as one turn', async () => {
  const to = { modelId: 'up/normal' };
  const { chat, message, reply } = await sendEnded('First question', to);
  const next = async (content: string) => {
    const { body } = await ask(`/chats/${chat.id}/messages`, 'POST', { content, ...to });
    await generationWhen(ada, body.generation.id);
    return body as { message: Message; reply: Message };
  };
  const second = await next('Second question');
  const turns = () =>
    (
      upstream.requests.at(-1)!.body as { messages: { role: string; content: { text: string }[] }[] }
    ).messages.map(({ role, content }) => [role, content.map(({ text }) => text).join('|')]);
  await ask(`/messages/${reply.id}`, 'DELETE');
  await ask(`/messages/${second.reply.id}`, 'PATCH', { excluded: true });
  await next('Third question');
  expect(turns()).toEqual([['user', 'First question\n\nSecond question\n\nThird question']]);
  await ask(`/messages/${reply.id}/restore`);
  await ask(`/messages/${message.id}`, 'PATCH', { excluded: true });
  await ask(`/messages/${second.reply.id}`, 'PATCH', { excluded: false });
  await next('Fourth question');
  expect(turns().map(([role]) => role)).toEqual([
    'assistant',
    'user',
    'assistant',
    'user',
    'assistant',
    'user',
  ]);
  // What is answered is told in any case.
  const asked = upstream.requests.length;
  await ask(`/messages/${message.id}/replies`, 'POST', to);
  await eventually(
    async () => upstream.requests.length,
    (count) => count > asked,
  );
  expect(turns()).toEqual([['user', 'First question']]);
});

describe('several models', () => {
  const modelIds = ['test/demo', 'test/echo'];
  const content = '/script tokens=3 rate=0';

  test('write a reply each, the first is shown, and a repeat gets the same answer', async () => {
    const id = randomUUID();
    const first = await ask('/messages', 'POST', { chat: {}, message: { id, content, modelIds } });
    expect(first.status).toBe(202);
    const made = first.body as Several;
    expect(made.replies.map(({ generation }) => generation.model)).toEqual(modelIds);
    const ids = made.replies.map(({ reply }) => reply.id);
    expect(made.replies.map(({ reply }) => reply.siblings)).toEqual(
      [0, 1].map((index) => ({ index, count: 2, ids })),
    );
    for (const { generation } of made.replies) await generationWhen(ada, generation.id);
    const again = await ask('/messages', 'POST', { chat: {}, message: { id, content, modelIds } });
    expect([again.status, again.body.replies.map(({ reply }: { reply: Message }) => reply.id)]).toEqual([
      202,
      ids,
    ]);
    const chatId = made.chat!.id;
    const third = ['test/demo', 'test/echo', 'test/failing'];
    expect((await ask(`/chats/${chatId}/messages`, 'POST', { id, content, modelIds: third })).status).toBe(
      409,
    );
    expect((await messagesOf(ada, chatId)).map((message) => message.id)).toEqual([id, ids[0]]);
    const preferred = await ask(`/messages/${id}/prefer`, 'POST', {
      chosen: ids[1],
      over: [ids[0]],
      verdict: 'better',
    });
    expect(preferred.status).toBe(201);
    expect((await messagesOf(ada, chatId)).map((message) => message.id)).toEqual([id, ids[1]]);
    // Went away and came back: the one that was preferred.
    await ask(`/messages/${id}/replies`);
    await ask(`/chats/${chatId}`, 'PATCH', { leafMessageId: ids[1] });
    expect((await messagesOf(ada, chatId)).at(-1)?.id).toBe(ids[1]);
  });

  test('are all asked or none: a limit, an unknown one and one named twice leave nothing behind', async () => {
    const person = await signUp(parley.url);
    const limit = (json: object) => ask(`/admin/users/${person.userId}`, 'PATCH', json);
    const sendIt = (message: object) =>
      ask('/messages', 'POST', { message: { content, ...message } }, person);
    await limit({ maxQueued: 0, maxConcurrent: 1 });
    const over = await sendIt({ content: '/script tokens=5000 rate=1', modelIds });
    expect([over.status, over.body.error.code]).toEqual([429, 'rate_limited']);
    for (const [message, field] of [
      [{ modelIds: ['test/demo', 'test/demo'] }, 'modelIds'],
      [{ modelIds: ['test/demo', 'none/none'] }, 'modelIds'],
      [{ modelIds: ['test/demo'] }, 'modelIds'],
      [{ modelIds: [...modelIds, 'a/b', 'c/d', 'e/f'] }, 'modelIds'],
      [{ modelIds, modelId: 'test/demo' }, 'modelIds'],
      [{ modelIds, replyId: randomUUID() }, 'replyId'],
    ] as const) {
      const refused = await sendIt(message);
      expect([
        message,
        refused.status,
        refused.body.error.field?.split('.')[1] ?? refused.body.error.field,
      ]).toEqual([message, 400, field]);
    }
    const stream = await person.fetch('/api/v1/messages', {
      method: 'POST',
      headers: { accept: 'text/event-stream' },
      json: { message: { content, modelIds } },
    });
    expect([stream.status, (await stream.json()).error.field]).toEqual([400, 'modelIds']);
    expect(await sql('SELECT FROM chats WHERE user_id = $1', [person.userId])).toEqual([]);
    expect(await sql('SELECT FROM generations WHERE user_id = $1', [person.userId])).toEqual([]);
    await limit({ maxQueued: 10, maxConcurrent: 4 });
    const twins = await Promise.all(
      [1, 2].map(() => sendIt({ id: '6e3dbb11-5d7e-4a55-9d3c-3a3c41d2bb01', modelIds })),
    );
    expect(twins.map(({ status }) => status)).toEqual([202, 202]);
    expect(await sql('SELECT FROM generations WHERE user_id = $1', [person.userId])).toHaveLength(2);
  });

  test('are told of over a socket by a frame each, with the mark of who asked', async () => {
    const { body: chat } = await ask('/chats', 'POST', {});
    const { frames, socket } = await listen(`/api/v1/chats/${chat.id}/stream`);
    const id = randomUUID();
    socket.send(JSON.stringify({ type: 'message', payload: { ref: 'r', id, content, modelIds } }));
    const saved = await eventually(
      async () => frames.filter(({ type }) => type === 'user_message_saved'),
      (found) => found.length === 2,
    );
    expect(saved.map(({ payload }) => [payload.ref, payload.message.id, payload.generation.model])).toEqual(
      modelIds.map((model) => ['r', id, model]),
    );
    await eventually(
      async () => frames.filter(({ type }) => type === 'message_end'),
      (found) => found.length === 2,
    );
    socket.close();
  });
});

test('every change is told live, to each as it is for them, and to nobody else', async () => {
  const { chat, message, reply } = await sendEnded('/script text="Well." rate=0');
  const [{ frames, socket }, others] = await Promise.all([
    listen('/api/v1/live'),
    signUp(parley.url).then((person) => listen('/api/v1/live', person)),
  ]);
  const heard = (type: string, check: (payload: { [field: string]: unknown }) => boolean) =>
    eventually(
      async () => frames.some((frame) => frame.type === type && check(frame.payload)),
      (found) => found,
    );
  const saved = (check: (said: Message) => boolean) =>
    heard('message_saved', (payload) => check(payload.message as Message));
  await ask(`/messages/${reply.id}/rating`, 'PUT', { value: 1 });
  await saved(({ id, rating }) => id === reply.id && rating?.value === 1);
  await ask(`/messages/${message.id}`, 'PATCH', { excluded: true });
  await saved(({ id, excluded }) => id === message.id && excluded);
  await ask(`/messages/${reply.id}/edit`, 'POST', { content: 'Better.' });
  await saved(({ content, source }) => source === 'human_edit' && textOf(content) === 'Better.');
  await heard('chat_saved', (payload) => (payload.chat as Chat).leafMessageId !== reply.id);
  await ask(`/messages/${reply.id}`, 'DELETE');
  await heard('message_deleted', (payload) => payload.messageId === reply.id && payload.chatId === chat.id);
  await ask(`/messages/${reply.id}/restore`);
  await saved(({ id, siblings }) => id === reply.id && siblings?.count === 2);
  expect(others.frames.map(({ type }) => type)).toEqual(['ready']);
  socket.close();
  others.socket.close();
});

// biome-ignore lint/suspicious/noExplicitAny: frames are looked into by the tests
type Frame = { type: string; payload: any };
async function listen(path: string, person = ada): Promise<{ frames: Frame[]; socket: WebSocket }> {
  const frames: Frame[] = [];
  const socket = new WebSocket(parley.url.replace('http', 'ws') + path, {
    headers: { cookie: person.cookie },
  });
  socket.on('message', (data) => frames.push(JSON.parse(String(data))));
  await eventually(
    async () => frames.length,
    (count) => count > 0,
  );
  return { frames, socket };
}
