/** How much of a chat a model is given, and what is too long for it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, type Person } from '../harness/accounts.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { readStream, send } from '../harness/streams.ts';
import { startUpstream, type Upstream } from '../upstream/start-upstream.ts';

/** Tokens, about four characters each. */
const WINDOW = 1_000;
let parley: TestParley;
let upstream: Upstream;
let ada: Person;
beforeAll(async () => {
  parley = await startTestParley();
  upstream = await startUpstream();
  ada = await admin(parley.url);
  await addEndpoint(parley.services, {
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

/** About so many tokens that begin with a word. */
const turn = (role: string, word: string, tokens: number) => ({
  role,
  text: `${word} `.padEnd(tokens * 4, 'x'),
});

test('the oldest is left out first, never half a turn, and what the system said stays', async () => {
  const history = [
    turn('user', 'q1', 300),
    turn('assistant', 'a1', 300),
    turn('user', 'q2', 200),
    turn('assistant', 'a2', 200),
  ];
  // With an eighth of the window for the reply: the second turn fits, and so would the first answer by itself.
  expect(await heard(await newChat(history), 'q3')).toEqual(['q2', 'a2', 'q3']);
  expect(await heard(await newChat(history), 'q3', { parameters: { maxTokens: 600 } })).toEqual([
    'q2',
    'a2',
    'q3',
  ]);
  expect(await heard(await newChat([turn('system', 's', 10), ...history]), 'q3')).toEqual([
    's',
    'q2',
    'a2',
    'q3',
  ]);
  expect(await heard(await newChat(history), 'q3 '.padEnd(3_900, 'x'))).toEqual(['q3']);
  expect(await heard(await newChat(history), 'q3', { modelId: 'upstream/unknown' })).toHaveLength(5);
});

test('a message that is longer than its model can read is refused before it takes a place in line', async () => {
  const chat = await newChat([]);
  const post = (modelId: string) =>
    ada.fetch(`/api/v1/chats/${chat}/messages`, {
      method: 'POST',
      json: { content: 'x'.repeat(5_000), modelId },
    });
  const refused = await post('upstream/normal');
  expect(refused.status).toBe(413);
  expect((await refused.json()).error).toMatchObject({
    code: 'context_too_long',
    field: 'content',
    reason: 'message_exceeds_window',
    params: { model: 'upstream/normal', tokens: 1250, window: WINDOW },
  });
  const { rows } = await parley.database.db.$client.query('SELECT FROM generations WHERE chat_id = $1', [
    chat,
  ]);
  expect(rows).toEqual([]);
  expect((await post('upstream/unknown')).status).toBe(202);
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
