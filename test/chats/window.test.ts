/** How much of a chat a model is given, and what is too long for it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, type Person } from '../harness/accounts.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { readStream, send } from '../harness/streams.ts';
import { startUpstream, type Upstream } from '../upstream/start-upstream.ts';

/** In tokens. */
const WINDOW = 1_000;
let parley: TestParley;
let upstream: Upstream;
let ada: Person;
let endpointId: string;
beforeAll(async () => {
  parley = await startTestParley();
  upstream = await startUpstream();
  ada = await admin(parley.url);
  endpointId = await addEndpoint(parley.services, {
    name: 'upstream',
    kind: 'openai-compatible',
    baseUrl: upstream.url,
    models: ['normal', 'unknown'],
  });
  await parley.database.db.$client.query(`UPDATE models SET context_window = $1 WHERE name = 'normal'`, [
    WINDOW,
  ]);
});
afterAll(async () => {
  await parley.close();
  await upstream.close();
});

/** What the model was sent of a chat, the first word of each turn. */
async function heard(chatId: string, content: string, more: object = {}): Promise<string[]> {
  await readStream(
    await ada.fetch(`/api/v1/chats/${chatId}/messages`, {
      method: 'POST',
      headers: { accept: 'text/event-stream' },
      json: { content, modelId: 'upstream/normal', ...more },
    }),
  );
  const { messages } = upstream.requests.at(-1)!.body as { messages: { role: string; content: string }[] };
  return messages.map((message) => message.content.split(' ')[0]!);
}

async function newChat(turns: { role: string; text: string }[]): Promise<string> {
  const { id } = (await (await ada.fetch('/api/v1/chats', { method: 'POST', json: {} })).json()) as {
    id: string;
  };
  let parent: string | null = null;
  for (const { role, text } of turns) {
    const message = crypto.randomUUID();
    await parley.database.db.$client.query(
      'INSERT INTO messages (id, chat_id, parent_id, role, content) VALUES ($1, $2, $3, $4, $5)',
      [message, id, parent, role, JSON.stringify([{ type: 'text', text }])],
    );
    parent = message;
  }
  await ada.fetch(`/api/v1/chats/${id}`, { method: 'PATCH', json: { leafMessageId: parent } });
  return id;
}

/** A little more than so many tokens that begin with a word. */
const turn = (role: string, word: string, tokens: number) => ({
  role,
  text: `${word} ${'same '.repeat(tokens)}`,
});

test('the oldest is left out first, never half a turn, and what the system said stays', async () => {
  const history = [
    turn('user', 'q1', 300),
    turn('assistant', 'a1', 300),
    turn('user', 'q2', 200),
    turn('assistant', 'a2', 200),
  ];
  // “You” begins what the instance tells all models. With a quarter of the window for the reply the second turn fits.
  expect(await heard(await newChat(history), 'q3')).toEqual(['You', 'q2', 'a2', 'q3']);
  expect(await heard(await newChat(history), 'q3', { parameters: { maxTokens: 600 } })).toEqual([
    'You',
    'q3',
  ]);
  expect(await heard(await newChat([turn('system', 's', 10), ...history]), 'q3')).toEqual([
    'You',
    's',
    'q2',
    'a2',
    'q3',
  ]);
  expect(await heard(await newChat(history), `q3 ${'same '.repeat(600)}`)).toEqual(['You', 'q3']);
  expect(await heard(await newChat(history), 'q3', { modelId: 'upstream/unknown' })).toHaveLength(6);
});

test('what is left out is counted, also beyond what is read, and told with the reply', async () => {
  const long = Array.from({ length: 300 }, (_, index) => [
    turn('user', `q${index}`, 120),
    turn('assistant', `a${index}`, 120),
  ]).flat();
  const chat = await newChat([turn('system', 's', 10), ...long]);
  expect(await heard(chat, 'now')).toEqual(['You', 's', 'q298', 'a298', 'q299', 'a299', 'now']);
  const { items } = (await (await ada.fetch(`/api/v1/chats/${chat}/messages?limit=1`)).json()) as {
    items: { id: string; ending: { context: { omitted: number } } }[];
  };
  expect(items[0]!.ending.context.omitted).toBe(596);
  const view = await (await ada.fetch(`/api/v1/messages/${items[0]!.id}/context`)).json();
  expect(view.verified).toBe(true);
  expect(view.omitted).toHaveLength(596);
  expect(view.messages.map(({ layer }: { layer: string }) => layer)).toEqual([
    'primary',
    ...Array(5).fill('history'),
    'message',
  ]);
});

test('where nobody says how much a model reads, 8,192 tokens of history are sent, and any message', async () => {
  const history = [
    turn('user', 'q1', 3_000),
    turn('assistant', 'a1', 3_000),
    turn('user', 'q2', 2_000),
    turn('assistant', 'a2', 2_000),
  ];
  const modelId = 'upstream/unknown';
  expect(await heard(await newChat(history), 'q3', { modelId })).toEqual(['You', 'q2', 'a2', 'q3']);
  expect(await heard(await newChat(history), `q3 ${'same '.repeat(20_000)}`, { modelId })).toEqual([
    'You',
    'q3',
  ]);
});

test('an admin can say how much a model reads, and is believed where its server is silent', async () => {
  const windows = async (windows: object) => {
    const answer = await ada.fetch(`/api/v1/admin/endpoints/${endpointId}`, {
      method: 'PATCH',
      json: { windows },
    });
    expect(answer.status).toBe(200);
    return (await answer.json()).windows;
  };
  const known = async () => {
    const { items } = await (await ada.fetch('/api/v1/models')).json();
    return Object.fromEntries(
      items
        .filter(({ endpoint }: { endpoint: string }) => endpoint === 'upstream')
        .map((model: { name: string; contextWindow: number }) => [model.name, model.contextWindow]),
    );
  };
  expect(await known()).toEqual({ normal: WINDOW, unknown: null });
  expect(await windows({ unknown: 500, normal: 9 })).toEqual({ unknown: 500, normal: 9 });
  expect(await known()).toEqual({ normal: WINDOW, unknown: 500 });
  const chat = await newChat([turn('user', 'q1', 150), turn('assistant', 'a1', 200)]);
  expect(await heard(chat, 'q2', { modelId: 'upstream/unknown' })).toEqual(['You', 'q2']);
  expect((await postLong(await newChat([]), 'upstream/unknown')).status).toBe(413);
  expect(await windows({ unknown: null })).toEqual({ normal: 9 });
  expect(await known()).toEqual({ normal: WINDOW, unknown: null });
  for (const wrong of [{ unknown: 0 }, { unknown: 1.5 }, { unknown: 'many' }, { '': 5 }])
    expect(
      (
        await ada.fetch(`/api/v1/admin/endpoints/${endpointId}`, {
          method: 'PATCH',
          json: { windows: wrong },
        })
      ).status,
    ).toBe(400);
});

const postLong = (chat: string, modelId: string, content = 'same '.repeat(1_000)) =>
  ada.fetch(`/api/v1/chats/${chat}/messages`, { method: 'POST', json: { content, modelId } });
const stored = async (chat: string) =>
  (await parley.database.db.$client.query('SELECT FROM messages WHERE chat_id = $1', [chat])).rows;

test('a message that is longer than its model can read is refused before it takes a place in line', async () => {
  const chat = await newChat([]);
  const refused = await postLong(chat, 'upstream/normal');
  expect(refused.status).toBe(413);
  const { error } = await refused.json();
  expect(error).toMatchObject({
    code: 'context_too_long',
    field: 'content',
    reason: 'message_exceeds_window',
    params: { model: 'upstream/normal', window: WINDOW, reserved: WINDOW / 4 },
  });
  expect(error.params.tokens).toBeGreaterThan(1_000);
  expect(error.detail).toContain('1,000');
  expect(await stored(chat)).toEqual([]);
  expect((await postLong(chat, 'upstream/unknown')).status).toBe(202);
});

test('instructions count as well: with too many of them no message fits, and nothing of it is stored', async () => {
  const chat = await newChat([]);
  const put = (content: string) =>
    ada.fetch(`/api/v1/chats/${chat}/context`, { method: 'PUT', json: { content } });
  expect((await postLong(chat, 'upstream/normal', 'short')).status).toBe(202);
  const before = await stored(chat);
  expect((await put('rule '.repeat(1_000))).status).toBe(200);
  const refused = await postLong(chat, 'upstream/normal', 'short');
  expect(refused.status).toBe(413);
  expect((await refused.json()).error.params).toMatchObject({ window: WINDOW });
  // What is answered again and what is continued is measured as well, and so is what is asked for the answer.
  expect((await postLong(await newChat([]), 'upstream/normal', 'short')).status).toBe(202);
  const tooMuch = await ada.fetch(`/api/v1/chats/${await newChat([])}/messages`, {
    method: 'POST',
    json: { content: 'short', modelId: 'upstream/normal', parameters: { maxTokens: WINDOW } },
  });
  expect(tooMuch.status).toBe(413);
  expect(await stored(chat)).toHaveLength(before.length);
  expect((await put('rule '.repeat(100))).status).toBe(200);
  expect((await postLong(chat, 'upstream/normal', 'short')).status).toBe(202);
});

test('a page of chats ends where it would become too large', async () => {
  const metadata = { notes: 'x'.repeat(60_000) };
  const { chat } = await send(ada, 'first', { modelId: 'upstream/unknown' });
  for (let made = 0; made < 45; made++)
    await ada.fetch('/api/v1/chats', { method: 'POST', json: { metadata } });
  const ids: string[] = [];
  let cursor = '';
  let pages = 0;
  do {
    const text = await (await ada.fetch(`/api/v1/chats?limit=200${cursor && `&cursor=${cursor}`}`)).text();
    expect(text.length).toBeLessThan(2.2 * 1024 * 1024);
    const page = JSON.parse(text);
    ids.push(...page.items.map((item: { id: string }) => item.id));
    cursor = page.nextCursor;
    pages++;
  } while (cursor);
  expect(pages).toBe(2);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain(chat.id);
});
