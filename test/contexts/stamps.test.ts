/** What a reply was made with: its stamp, whichever way it ended, and the proof of it. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ContextStamp } from '#features/contexts/contexts.ts';
import type { ToldContext } from '#features/generations/told-context.ts';
import type { Message } from '#features/messages/messages.ts';
import { admin, type Person, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually, readStream, type SentMessage } from '#test/harness/streams.ts';
import { addUpstream } from '#test/harness/upstream-endpoint.ts';
import { startUpstream, type Upstream } from '../upstream/start-upstream.ts';

let parley: TestParley;
let upstream: Upstream;
let ada: Person;
let endpointId: string;
beforeAll(async () => {
  parley = await startTestParley();
  upstream = await startUpstream();
  ada = await admin(parley.url);
  endpointId = await addUpstream(ada, upstream, { slots: 16 });
});
afterAll(async () => {
  await parley.close();
  await upstream.close();
});

const sql = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await parley.services.db.$client.query(text, values)).rows;
const json = async <T>(answer: Response | Promise<Response>): Promise<T> =>
  (await (await answer).json()) as T;
const put = (path: string, content: string, person = ada) =>
  person.fetch(`/api/v1/${path}/context`, { method: 'PUT', json: { content } });
const newChat = async (person = ada) =>
  (await json<{ id: string }>(person.fetch('/api/v1/chats', { method: 'POST', json: {} }))).id;
const post = (chatId: string, content: string, more: object = {}, person = ada) =>
  person.fetch(`/api/v1/chats/${chatId}/messages`, {
    method: 'POST',
    json: { content, modelId: 'upstream/normal', ...more },
  });
const ended = (replyId: string, person = ada) =>
  eventually(
    () => json<Message>(person.fetch(`/api/v1/messages/${replyId}`)),
    ({ ending }) => ending !== null,
    20_000,
  );
/** Sends and waits for the end. */
async function ask(chatId: string, content: string, more: object = {}): Promise<Message> {
  const answer = await post(chatId, content, more);
  expect(answer.status).toBe(202);
  return ended((await json<SentMessage>(answer)).reply.id);
}
const stampOf = (reply: Message): ContextStamp => reply.ending!.context!;
const told = (replyId: string, person = ada) =>
  json<ToldContext>(person.fetch(`/api/v1/messages/${replyId}/context`));

type Sent = { role: string; content: string };
const lastSent = () => upstream.requests.at(-1)!.body as { model: string; messages: Sent[] };

/** The hash by another implementation than the server's: the names of all objects here are written in order. */
const hashOf = (model: string, parameters: object, messages: Sent[]) => {
  const inOrder = messages.map(({ role, content }) => ({ content, role }));
  const text = JSON.stringify({ messages: inOrder, model, parameters, tools: [] });
  return `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`;
};

describe('a reply', () => {
  test('is stamped with the versions of its layers and the hash of what the model server got', async () => {
    const chat = await newChat();
    const bare = await ask(chat, 'Hello');
    expect(stampOf(bare)).toMatchObject({
      primary: 0,
      personal: null,
      project: null,
      agent: null,
      chat: null,
      agentId: null,
      omitted: 0,
    });
    expect(lastSent().messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(stampOf(bare).sha256).toBe(hashOf('normal', {}, lastSent().messages));

    await put('admin', 'The instance speaks.');
    await put('me', 'I speak.');
    await put(`chats/${chat}`, 'The chat speaks.\n');
    await put(`chats/${chat}`, 'The chat speaks again.\n');
    const reply = await ask(chat, 'And “now”? Привет 🎉', {
      parameters: { temperature: 0.2, maxTokens: 99 },
    });
    expect(stampOf(reply)).toMatchObject({ primary: 1, personal: 1, chat: 2, omitted: 0 });
    const { messages } = lastSent();
    expect(messages[0]).toEqual({
      role: 'system',
      content: 'The instance speaks.\n\nI speak.\n\nThe chat speaks again.\n',
    });
    expect(stampOf(reply).sha256).toBe(hashOf('normal', { maxTokens: 99, temperature: 0.2 }, messages));
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
  });

  test('shows what its model was told, layer by layer, and proves it', async () => {
    const chat = await newChat();
    await put(`chats/${chat}`, 'Chat rules.');
    const first = await ask(chat, 'One');
    const reply = await ask(chat, 'Two');
    const view = await told(reply.id);
    expect(view).toMatchObject({ model: 'normal', parameters: {}, tools: [], omitted: [], verified: true });
    expect(view).not.toHaveProperty('reason');
    expect(
      view.messages.map(({ role, layer, version, messageId }) => [role, layer, version ?? messageId]),
    ).toEqual([
      ['system', 'primary', 1],
      ['system', 'personal', 1],
      ['system', 'chat', 1],
      ['user', 'history', first.parentId],
      ['assistant', 'history', first.id],
      ['user', 'message', reply.parentId],
    ]);
    const system = view.messages.filter(({ role }) => role === 'system');
    const rebuilt = [
      { role: 'system', content: system.map(({ text }) => text).join('\n\n') },
      ...view.messages
        .filter(({ role }) => role !== 'system')
        .map(({ role, text }) => ({ role, content: text })),
    ];
    expect(view.sha256).toBe(hashOf(view.model, view.parameters, rebuilt));
    expect(view.sha256).toBe(stampOf(reply).sha256);
    expect(view.tokens).toBe(stampOf(reply).estimatedTokens);
    const sum = view.messages.reduce((all, { tokens }) => all + tokens, 0);
    expect(Math.abs(sum - view.tokens)).toBeLessThanOrEqual(view.messages.length);
    expect(view).toMatchObject({ window: 32_768, windowAssumed: false });
  });

  test('stays proved when instructions change, and not when what was sent is changed or gone', async () => {
    const chat = await newChat();
    await put(`chats/${chat}`, 'First rules.');
    const first = await ask(chat, 'One');
    const reply = await ask(chat, 'Two');
    await put(`chats/${chat}`, 'Second rules.');
    await put('me', `I speak of ${chat}.`);
    expect(await told(reply.id)).toMatchObject({ verified: true });
    expect((await told(reply.id)).messages.find(({ layer }) => layer === 'chat')!.text).toBe('First rules.');
    await sql(`UPDATE messages SET content = '[{"type": "text", "text": "Forged"}]' WHERE id = $1`, [
      first.id,
    ]);
    const forged = await told(reply.id);
    expect(forged.verified).toBe(false);
    expect(forged.reason).toMatch(/changed or removed/);
    expect(forged.why).toMatchObject({ reason: 'context_changed' });
    expect(forged.sha256).toBe(stampOf(reply).sha256);
    await sql(`DELETE FROM context_versions WHERE kind = 'chat' AND owner_id = $1`, [chat]);
    expect((await told(reply.id)).why).toMatchObject({ reason: 'context_version_gone' });
  });

  test('stays proved where it was asked for before the reply above it was written, and what was said is left out since', async () => {
    const chat = await newChat();
    const first = await json<SentMessage>(post(chat, 'One', { modelId: 'upstream/slow' }));
    const early = await ask(chat, 'Two');
    await ada.fetch(`/api/v1/generations/${first.generation.id}/cancel`, { method: 'POST' });
    expect((await ended(first.reply.id)).content).not.toEqual([]);
    const late = await ask(chat, 'Three');
    for (const reply of [early, late]) expect((await told(reply.id)).verified).toBe(true);
    const left = await ada.fetch(`/api/v1/messages/${first.reply.id}`, {
      method: 'PATCH',
      json: { excluded: true },
    });
    expect(left.status).toBe(200);
    for (const reply of [early, late]) expect((await told(reply.id)).verified).toBe(true);
    expect((await told(late.id)).messages.map(({ messageId }) => messageId)).toContain(first.reply.id);
  });

  test('that goes on from an unfinished one has that as the last turn, proved as well', async () => {
    const chat = await newChat();
    const half = await ask(chat, 'Tell\n/upstream {"cut": "mid"}');
    expect(half.ending!.state).toBe('failed');
    upstream.behave({ cut: 1_000_000 });
    const answer = await ada.fetch(`/api/v1/messages/${half.parentId}/replies`, {
      method: 'POST',
      json: { continueFrom: half.id, modelId: 'upstream/normal' },
    });
    const reply = await ended((await json<SentMessage>(answer)).reply.id);
    upstream.behave({});
    const { messages } = lastSent();
    expect(messages.at(-1)!.role).toBe('assistant');
    expect(stampOf(reply).sha256).toBe(hashOf('normal', {}, messages));
    const view = await told(reply.id);
    expect(view.verified).toBe(true);
    expect(view.messages.at(-1)).toMatchObject({ role: 'assistant', layer: 'message', messageId: reply.id });
  });

  test('of which no model was asked has no stamp, and nothing to show', async () => {
    const chat = await newChat();
    await ada.fetch(`/api/v1/admin/endpoints/${endpointId}/pause`, { method: 'POST' });
    const { reply, generation } = await json<SentMessage>(post(chat, 'Wait'));
    expect((await ada.fetch(`/api/v1/messages/${reply.id}/context`)).status).toBe(404);
    await ada.fetch(`/api/v1/generations/${generation.id}/cancel`, { method: 'POST' });
    await ada.fetch(`/api/v1/admin/endpoints/${endpointId}/resume`, { method: 'POST' });
    const message = await ended(reply.id);
    expect(message.ending!.context).toBeNull();
    expect((await ada.fetch(`/api/v1/messages/${reply.id}/context`)).status).toBe(404);
    expect((await ada.fetch(`/api/v1/messages/${message.parentId}/context`)).status).toBe(404);
  });

  test('is stamped whichever way it ends', async () => {
    const endings: [state: string, behaviour: object][] = [
      ['failed', { status: 500, errorBody: 'no' }],
      ['failed', { cut: 'mid' }],
      ['failed', { errorEvent: 'first' }],
      ['completed', {}],
    ];
    for (const [state, behaviour] of endings) {
      const reply = await ask(await newChat(), `Go\n/upstream ${JSON.stringify(behaviour)}`);
      expect(reply.ending!.state).toBe(state);
      expect(stampOf(reply).sha256).toBe(hashOf('normal', {}, lastSent().messages));
      expect((await told(reply.id)).verified).toBe(true);
    }
    const { reply, generation } = await json<SentMessage>(
      post(await newChat(), 'Go\n/upstream {"tokens": 500, "rate": 50}'),
    );
    await eventually(
      () => sql('SELECT FROM generation_events WHERE generation_id = $1', [generation.id]),
      (rows) => rows.length > 0,
    );
    await ada.fetch(`/api/v1/generations/${generation.id}/cancel`, { method: 'POST' });
    expect((await ended(reply.id)).ending!.state).toBe('cancelled');
    expect((await told(reply.id)).verified).toBe(true);
  });

  test('tells its stamp with its first event', async () => {
    const chat = await newChat();
    const stream = await ada.fetch(`/api/v1/chats/${chat}/messages`, {
      method: 'POST',
      headers: { accept: 'text/event-stream' },
      json: { content: 'Hello', modelId: 'upstream/normal' },
    });
    const events = await readStream(stream);
    const start = events.find(({ type }) => type === 'message_start')!;
    const reply = await ended(start.data.messageId as string);
    expect(start.data.context).toEqual(stampOf(reply));
  });

  test('is nobody else’s to look into', async () => {
    const reply = await ask(await newChat(), 'Mine');
    const stranger = await signUp(parley.url);
    expect((await stranger.fetch(`/api/v1/messages/${reply.id}/context`)).status).toBe(404);
    // In somebody else's name, as when a chat is shared: their own instructions are proved, and not shown.
    await sql('UPDATE generations SET user_id = $2 WHERE message_id = $1', [reply.id, stranger.userId]);
    await sql(
      `INSERT INTO context_versions (kind, owner_id, version, content)
       SELECT kind, $2, version, content FROM context_versions WHERE kind = 'personal' AND owner_id = $1`,
      [ada.userId, stranger.userId],
    );
    const view = await told(reply.id);
    expect(view.verified).toBe(true);
    expect(view.messages.find(({ layer }) => layer === 'personal')).toMatchObject({ text: '', hidden: true });
    expect(JSON.stringify(view)).not.toContain('I speak');
  });
});

describe('a program’s own input', () => {
  test('goes as it is, without anybody’s instructions', async () => {
    const { key } = await json<{ key: string }>(
      ada.fetch('/api/v1/api-keys', { method: 'POST', json: { name: 'k' } }),
    );
    const answer = await fetch(`${parley.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'upstream/normal', messages: [{ role: 'user', content: 'As it is' }] }),
    });
    expect(answer.status).toBe(200);
    expect(lastSent().messages).toEqual([{ role: 'user', content: 'As it is' }]);
  });
});

describe('what a model server counts', () => {
  test('corrects what is estimated next for that model', async () => {
    upstream.behave({ usage: { prompt_tokens: 4_000, completion_tokens: 5 } });
    const before = stampOf(await ask(await newChat(), 'How many tokens are these words?')).estimatedTokens;
    await ask(await newChat(), 'How many tokens are these words?');
    const after = stampOf(await ask(await newChat(), 'How many tokens are these words?')).estimatedTokens;
    upstream.behave({});
    expect(after).toBeGreaterThan(before * 1.5);
    // Never beyond what a tokenizer can be off by, whatever a server says.
    expect(after).toBeLessThanOrEqual(before * 4 + 1);
    const [row] = await sql<{ ratios: object }>(
      `SELECT token_ratios AS ratios FROM models WHERE endpoint_id = $1 AND name = 'normal'`,
      [endpointId],
    );
    expect(row!.ratios).toMatchObject({ latin: expect.any(Number), other: expect.any(Number) });
    await sql('UPDATE models SET token_ratios = NULL');
  });
});
