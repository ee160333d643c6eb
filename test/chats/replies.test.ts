/** Answering a message again, and going on where an unfinished reply ended. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Generation } from '#features/generations/generations.ts';
import { stop } from '#features/generations/server/run/cancel-generation.ts';
import type { Message } from '#features/messages/messages.ts';
import { textOf } from '#features/messages/rules.ts';
import { admin, type Person, signUp } from '#test/harness/accounts.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually, follow, readStream, send, streamedText } from '#test/harness/streams.ts';
import { startUpstream, type Upstream } from '#test/upstream/start-upstream.ts';

let parley: TestParley;
let upstream: Upstream;
let ada: Person;

beforeAll(async () => {
  [parley, upstream] = await Promise.all([startTestParley(), startUpstream()]);
  await addEndpoint(parley.services, {
    name: 'up',
    kind: 'openai-compatible',
    baseUrl: upstream.url,
    models: ['normal'],
  });
  await addEndpoint(parley.services, { name: 'test', slots: 2, models: ['demo', 'echo', 'failing'] });
  ada = await admin(parley.url);
});
afterAll(() => Promise.all([parley.close(), upstream.close()]));
afterEach(async () => {
  const { rows } = await parley.services.db.$client.query(
    `SELECT id FROM generations WHERE state IN ('queued', 'running')`,
  );
  for (const { id } of rows) await stop(parley.services, id);
});

type Answered = { reply: Message; generation: Generation };
const answer = (messageId: string, json: object = {}, person = ada, headers = {}) =>
  person.fetch(`/api/v1/messages/${messageId}/replies`, { method: 'POST', json, headers });
const answered = async (messageId: string, json: object = {}): Promise<Answered> => {
  const response = await answer(messageId, json);
  expect([response.status, response.status === 202 || (await response.text())]).toEqual([202, true]);
  return (await response.json()) as Answered;
};
const ended = async (generationId: string): Promise<Generation> =>
  eventually(
    async () => (await (await ada.fetch(`/api/v1/generations/${generationId}`)).json()) as Generation,
    (row) => row.finishedAt !== null,
  );
const branch = async (chatId: string): Promise<Message[]> =>
  ((await (await ada.fetch(`/api/v1/chats/${chatId}/messages`)).json()) as { items: Message[] }).items;
const messagesOf = async (chatId: string) =>
  (
    await parley.services.db.$client.query(
      'SELECT id, parent_id, role, content FROM messages WHERE chat_id = $1 ORDER BY ordinal',
      [chatId],
    )
  ).rows;

/** A question whose reply ended; `cut`: it broke off in the middle. */
async function asked(content: string, more: object = {}) {
  const sent = await send(ada, content, more);
  await ended(sent.generation.id);
  return sent;
}
const CUT = '/script tokens=40 rate=2000 fail=mid code=endpoint_auth';

describe('another reply', () => {
  it('stands beside the first, is shown, and leaves the question as the only one', async () => {
    const { chat, message, reply } = await asked('/script tokens=5 rate=500');
    const again = await answered(message.id);
    expect(again.reply).toMatchObject({ parentId: message.id, role: 'assistant', ending: null });
    expect((await ended(again.generation.id)).state).toBe('completed');
    const rows = await messagesOf(chat.id);
    expect(rows.map(({ id, parent_id }) => [id, parent_id])).toEqual([
      [message.id, null],
      [reply.id, message.id],
      [again.reply.id, message.id],
    ]);
    const shown = await branch(chat.id);
    expect(shown.map(({ id }) => id)).toEqual([message.id, again.reply.id]);
    expect(shown[1]).toMatchObject({
      ending: { state: 'completed', model: 'test/demo', error: null },
      metadata: {},
    });
  });

  it('is written by the model that is named, else by the chat’s last', async () => {
    const { message } = await asked('Say this', { modelId: 'test/echo' });
    expect((await answered(message.id)).generation.model).toBe('test/echo');
    expect((await answered(message.id, { modelId: 'test/demo' })).generation.model).toBe('test/demo');
    expect((await answered(message.id)).generation.model).toBe('test/demo');
  });

  it('is made once for one replyId, however often it is asked for', async () => {
    const { chat, message } = await asked('/script tokens=5 rate=500');
    const replyId = randomUUID();
    const all = await Promise.all([1, 2, 3].map(() => answered(message.id, { replyId })));
    expect(new Set(all.map(({ generation }) => generation.id)).size).toBe(1);
    await ended(all[0]!.generation.id);
    expect((await answered(message.id, { replyId })).reply).toMatchObject({ ending: { state: 'completed' } });
    expect(await messagesOf(chat.id)).toHaveLength(3);
    const other = await asked('/script tokens=5 rate=500');
    const taken = await answer(other.message.id, { replyId });
    expect([taken.status, await taken.json()]).toMatchObject([409, { error: { field: 'replyId' } }]);
  });

  it('streams to who wants that', async () => {
    const { message } = await asked('/script tokens=5 rate=500');
    const response = await answer(message.id, {}, ada, { accept: 'text/event-stream' });
    const events = await readStream(response);
    expect(events.filter(({ id }) => id).map(({ type }) => type)).toContain('message_start');
    expect(events.at(-1)).toMatchObject({ type: 'message_end', data: { state: 'completed' } });
  });

  it('is refused in words: to strangers, for what no person said, for models, agents and replies that are not there', async () => {
    const { message, reply, chat } = await asked('/script tokens=5 rate=500');
    const stranger = await signUp(parley.url);
    expect((await answer(message.id, {}, stranger)).status).toBe(404);
    expect((await answer(randomUUID())).status).toBe(404);
    const refused = async (id: string, json: object) => {
      const response = await answer(id, json);
      return [response.status, ((await response.json()) as { error: { field?: string } }).error.field];
    };
    expect(await refused(reply.id, {})).toEqual([400, 'messageId']);
    expect(await refused(message.id, { modelId: 'test/none' })).toEqual([400, 'modelId']);
    expect(await refused(message.id, { agentId: randomUUID() })).toEqual([400, 'agentId']);
    expect(await refused(message.id, { continueFrom: randomUUID() })).toEqual([400, 'continueFrom']);
    expect(await refused(message.id, { continueFrom: message.id })).toEqual([400, 'continueFrom']);
    const elsewhere = await asked('/script tokens=5 rate=500');
    expect(await refused(message.id, { continueFrom: elsewhere.reply.id })).toEqual([400, 'continueFrom']);
    expect(await messagesOf(chat.id)).toHaveLength(2);
  });
});

describe('going on from an unfinished reply', () => {
  it('begins with its text, and all deltas add up to what is stored', async () => {
    const { chat, message, reply } = await asked(CUT);
    const [, before] = await branch(chat.id);
    const text = textOf(before!.content);
    expect([before!.ending?.state, text.length > 20]).toEqual(['failed', true]);
    const again = await answered(message.id, { continueFrom: reply.id });
    const events = await readStream(await follow(ada, again.generation.id, `${again.generation.id}:0`));
    const logged = events.filter(({ id }) => id);
    expect(logged.map(({ type }) => type).slice(0, 2)).toEqual(['message_start', 'content_delta']);
    expect(logged.map(({ id }) => Number(id!.split(':')[1]))).toEqual(logged.map((_, at) => at + 1));
    const shown = await branch(chat.id);
    expect(shown.map(({ id }) => id)).toEqual([message.id, again.reply.id]);
    const whole = textOf(shown[1]!.content);
    expect(whole.startsWith(text) && whole.length > text.length).toBe(true);
    expect(streamedText(logged)).toBe(whole);
    expect(textOf((await messagesOf(chat.id))[1].content)).toBe(text);
  });

  it('gives the model its own words as the last turn, and puts none into the person’s mouth', async () => {
    upstream.behave({ pieces: ['One, ', 'two', ' …'], reset: 2 });
    const { message, reply, chat } = await asked('Count', { modelId: 'up/normal' });
    const said = textOf((await branch(chat.id))[1]!.content);
    upstream.behave({ pieces: [', three'] });
    const again = await answered(message.id, { continueFrom: reply.id });
    await ended(again.generation.id);
    expect(upstream.requests.at(-1)!.body.messages).toEqual([
      { role: 'system', content: expect.any(String) },
      { role: 'user', content: 'Count' },
      { role: 'assistant', content: said },
    ]);
    const stored = await branch(chat.id);
    expect(stored.map(({ role, content }) => [role, textOf(content)])).toEqual([
      ['user', 'Count'],
      ['assistant', `${said}, three`],
    ]);
    upstream.behave({});
  });

  it('keeps the text when the model adds nothing: stopped in line, or failed before a word', async () => {
    const { chat, message, reply } = await asked(CUT);
    const text = textOf((await branch(chat.id))[1]!.content);
    const busy = await Promise.all([1, 2].map(() => send(ada, '/script tokens=5000 rate=100')));
    for (const { generation } of busy)
      await eventually(
        async () => (await (await ada.fetch(`/api/v1/generations/${generation.id}`)).json()) as Generation,
        ({ state }) => state === 'running',
      );
    const waits = await answered(message.id, { continueFrom: reply.id });
    await ada.fetch(`/api/v1/generations/${waits.generation.id}/cancel`, { method: 'POST' });
    const events = await readStream(await follow(ada, waits.generation.id));
    expect(events.at(-1)).toMatchObject({ type: 'message_end', data: { state: 'cancelled' } });
    expect(textOf((await branch(chat.id))[1]!.content)).toBe(text);
    for (const { generation } of busy) await stop(parley.services, generation.id);

    upstream.behave({ status: 401 });
    const fails = await answered(message.id, { continueFrom: waits.reply.id, modelId: 'up/normal' });
    expect((await ended(fails.generation.id)).state).toBe('failed');
    const stored = (await branch(chat.id))[1]!;
    expect([textOf(stored.content), stored.ending?.error?.code]).toEqual([text, 'endpoint_auth']);

    upstream.behave({ pieces: [' And on.'] });
    const retried = await ada.fetch(`/api/v1/generations/${fails.generation.id}/retry`, { method: 'POST' });
    await ended(((await retried.json()) as Answered).generation.id);
    expect(textOf((await branch(chat.id))[1]!.content)).toBe(`${text} And on.`);
    upstream.behave({});
  });

  it('is refused while that reply is being written, and when it has no text', async () => {
    const running = await send(ada, '/script tokens=500 rate=50');
    const early = await answer(running.message.id, { continueFrom: running.reply.id });
    expect([early.status, await early.json()]).toMatchObject([409, { error: { field: 'continueFrom' } }]);
    await stop(parley.services, running.generation.id);
    const empty = await asked('/script fail=first code=endpoint_auth');
    expect((await answer(empty.message.id, { continueFrom: empty.reply.id })).status).toBe(400);
  });
});
