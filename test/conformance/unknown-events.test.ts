/** Events of a newer version of the contract: whoever does not know them goes on, at the right number, with the whole text. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { followReply } from '#cli/chat/follow-reply.ts';
import { createSpeech } from '#cli/speech.ts';
import { stop } from '#features/generations/server/index.ts';
import { createApiClient } from '#terminal/api-client.ts';
import type { Terminal } from '#terminal/terminal.ts';
import { admin, type Person } from '../harness/accounts.ts';
import { addEndpoint } from '../harness/endpoints.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { follow, readStream, send } from '../harness/streams.ts';

/** What a newer server logged: two types that are not ours between those that are. */
const LOG = [
  ['message_start', { messageId: '', generationId: '', model: 'test/demo' }],
  ['content_delta', { delta: 'One ' }],
  ['mind_reading', { thoughts: ['of', { deep: true }] }],
  ['content_delta', { delta: 'and two.' }],
  ['constructor', {}],
];
const END = ['message_end', { state: 'completed', finishReason: 'stop', metadata: { model: 'test/demo' } }];

let first: TestParley;
let second: TestParley;
let ada: Person;
beforeAll(async () => {
  first = await startTestParley({ roles: new Set(['web']) });
  second = await startTestParley({ roles: new Set(['web']) }, { database: first.database });
  await addEndpoint(first.services);
  ada = await admin(first.url);
});
afterAll(async () => {
  await second.close();
  await first.close();
});

/** A generation whose log holds `events`; it has ended when the last one says so. */
async function logged(events: unknown[][]): Promise<{ id: string; chatId: string }> {
  const { generation, chat } = await send(ada, 'Hello');
  const db = first.services.db.$client;
  const ended = events.at(-1) === END;
  await db.query(
    `UPDATE generations SET state = $2, started_at = now(), lease_until = now() + interval '1 hour', epoch = 1,
       worker_id = $4, finished_at = CASE WHEN $3::int IS NULL THEN NULL ELSE now() END, last_seq = $3 WHERE id = $1`,
    [generation.id, ended ? 'completed' : 'running', ended ? events.length : null, randomUUID()],
  );
  await db.query('INSERT INTO generation_events VALUES ($1, 1, $2, $3)', [
    generation.id,
    events.length,
    JSON.stringify(events),
  ]);
  return { id: generation.id, chatId: chat.id };
}

test('they are handed on as they are, by their numbers, by a server that does not know them', async () => {
  const { id } = await logged([...LOG, END]);
  const events = await readStream(await follow(ada, id, `${id}:0`));
  expect(events.map((event) => [event.id, event.type])).toEqual(
    [...LOG, END].map(([type], at) => [`${id}:${at + 1}`, type]),
  );
});

test('they change nothing of what that server folds for who joins late, neither before nor after the end', async () => {
  const content = [{ type: 'text', text: 'One and two.' }];
  for (const events of [[...LOG, END], LOG]) {
    const { id } = await logged(events);
    const [snapshot] = await readStream(
      await follow(ada, id),
      ({ type }) => type === 'message_snapshot' || type === 'message_end',
    );
    expect(snapshot).toMatchObject({ type: 'message_snapshot', data: { seq: LOG.length, content } });
  }
});

test('a second server keeps the whole text when it ends what a newer one had begun', async () => {
  const { id, chatId } = await logged(LOG);
  await stop(second.services, id);
  const { items } = (await (await ada.fetch(`/api/v1/chats/${chatId}/messages`)).json()) as {
    items: { content: unknown }[];
  };
  expect(items.at(-1)!.content).toEqual([{ type: 'text', text: 'One and two.' }]);
  const rest = await readStream(await follow(ada, id, `${id}:${LOG.length}`));
  expect(rest.map((event) => [event.id, event.type])).toEqual([[`${id}:${LOG.length + 1}`, 'message_end']]);
});

test('the terminal draws the text and comes to its end', async () => {
  const { id, chatId } = await logged([...LOG, END]);
  const made = await ada.fetch('/api/v1/api-keys', { method: 'POST', json: { name: 'terminal' } });
  const { key } = (await made.json()) as { key: string };
  let written = '';
  const terminal: Terminal = {
    isInteractive: false,
    hasColours: false,
    wraps: false,
    width: 80,
    read: async () => null,
    onInterrupt() {},
    write: (text) => {
      written += text;
    },
    note() {},
    status() {},
    close() {},
  };
  const speech = createSpeech('en');
  const api = createApiClient(first.url, async () => ({ url: first.url, key }), speech);
  const reply = await followReply({ api, terminal, speech }, chatId, id);
  expect(written.trim()).toBe('One and two.');
  expect(reply).toMatchObject({ seq: LOG.length + 1, state: 'completed' });
});
