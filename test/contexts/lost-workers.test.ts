/** Stamps outlive workers: whoever ends a reply knows what it was made with. And they hold after anything that people do. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ContextStamp } from '#features/contexts/contexts.ts';
import type { ToldContext } from '#features/generations/told-context.ts';
import type { Message } from '#features/messages/messages.ts';
import { admin, type Person, personWith } from '#test/harness/accounts.ts';
import { QUICK_CLOCK } from '#test/harness/clock.ts';
import { createTestDatabase, type TestDatabase } from '#test/harness/database.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually, follow, readStream, type SentMessage, send } from '#test/harness/streams.ts';

let database: TestDatabase;
let dataDir: string;
let parley: TestParley;
let ada: Person;
let endpointId: string;
const start = async () => {
  parley = await startTestParley({}, { database, dataDir }, QUICK_CLOCK);
};
beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'parley-stamps-'));
  await start();
  ada = await admin(parley.url);
  endpointId = await addEndpoint(parley.services, { slots: 4 });
});
afterAll(async () => {
  await parley.close();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const sql = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await database.db.$client.query(text, values)).rows;
const json = async <T>(answer: Response | Promise<Response>): Promise<T> =>
  (await (await answer).json()) as T;
const ended = (replyId: string) =>
  eventually(
    () => json<Message>(ada.fetch(`/api/v1/messages/${replyId}`)),
    ({ ending }) => ending !== null,
    20_000,
  );
const put = (path: string, content: string) =>
  ada.fetch(`/api/v1/${path}/context`, { method: 'PUT', json: { content } });
const told = (replyId: string) => json<ToldContext>(ada.fetch(`/api/v1/messages/${replyId}/context`));
const line = (what: 'pause' | 'resume') =>
  ada.fetch(`/api/v1/admin/endpoints/${endpointId}/${what}`, { method: 'POST' });

/** What a reply to this would be stamped with now: that of another chat which begins in the same way. */
async function stampNow(content: string): Promise<ContextStamp> {
  const { reply } = await send(ada, content);
  return (await ended(reply.id)).ending!.context!;
}

/** A generation that another process claimed, of which this much is logged, and whose worker is gone. */
async function lost(content: string, stamp: ContextStamp, words: string | null): Promise<SentMessage> {
  await line('pause');
  const sent = await send(ada, content);
  const { generation, reply } = sent;
  const events = [
    [
      'message_start',
      { messageId: reply.id, generationId: generation.id, model: 'test/demo', context: stamp },
    ],
    ...(words === null ? [] : [['content_delta', { delta: words }]]),
  ];
  await sql(
    'INSERT INTO generation_events (generation_id, first_seq, last_seq, events) VALUES ($1, 1, $2, $3)',
    [generation.id, events.length, JSON.stringify(events)],
  );
  await sql(
    `UPDATE generations SET state = 'running', epoch = 1, worker_id = gen_random_uuid(), started_at = now(),
       lease_until = now() - interval '1 second' WHERE id = $1`,
    [generation.id],
  );
  return sent;
}

test('a reply that its worker left half written keeps the stamp of its first event', async () => {
  const question = '/script text="One two three." rate=0';
  const stamp = await stampNow(question);
  const { reply } = await lost(question, stamp, 'One ');
  await put('me', 'Changed while it was being written.');
  const message = await ended(reply.id);
  await line('resume');
  expect(message.ending!.state).toBe('interrupted');
  expect(message.ending!.context).toEqual(stamp);
  expect(await told(reply.id)).toMatchObject({ verified: true, sha256: stamp.sha256 });
});

test('one that is begun anew, with other instructions, is stamped with those; its readers and its log as well', async () => {
  const question = '/script text="Four five six." rate=20';
  const stamp = await stampNow(question);
  const { reply, generation } = await lost(question, stamp, null);
  const { version } = await json<{ version: number }>(put('me', `Changed before ${reply.id} began.`));
  await line('resume');
  const events = await readStream(await follow(ada, generation.id, `${generation.id}:0`));
  const message = await ended(reply.id);
  expect(message.ending).toMatchObject({ state: 'completed', context: { personal: version } });
  expect(message.ending!.context!.sha256).not.toBe(stamp.sha256);
  expect((await told(reply.id)).verified).toBe(true);
  const stamps = events.flatMap(({ data }) => (data.context ? [data.context] : []));
  expect(stamps).toEqual([stamp, message.ending!.context]);
  expect(events.filter(({ type }) => type === 'message_start')).toHaveLength(1);
});

test('every stamp verifies after random turns, edits of instructions and restarts', async () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed % below;
  };
  const chats: string[] = [];
  const replies: string[] = [];
  await sql(`UPDATE models SET context_window = 700 WHERE endpoint_id = $1`, [endpointId]);
  for (let step = 0; step < 60; step++) {
    const chat = chats[random(Math.max(1, chats.length))];
    const what = random(10);
    if (!chat || what === 0) {
      const { chat, reply } = await send(ada, '/script tokens=20 rate=0');
      chats.push(chat.id);
      replies.push((await ended(reply.id)).id);
    } else if (what === 1) await put('me', `Personal, step ${step}. ${'слово '.repeat(random(30))}`);
    else if (what === 2) await put('admin', random(3) === 0 ? '' : `Primary, step ${step}.`);
    else if (what === 3) await put(`chats/${chat}`, `Chat, step ${step}.\n\n${'x '.repeat(random(50))}`);
    else if (what === 4 && step % 3 === 0) {
      await parley.close();
      await start();
      ada = personWith(parley.url, ada);
    } else {
      const path =
        what === 5 && replies.length > 0
          ? `messages/${(await json<Message>(ada.fetch(`/api/v1/messages/${replies.at(-1)}`))).parentId}/replies`
          : `chats/${chat}/messages`;
      const content = {
        content: `/script tokens=${random(120)} rate=0\nШаг ${step}: ${'и так '.repeat(random(30))}`,
      };
      const answer = await ada.fetch(`/api/v1/${path}`, {
        method: 'POST',
        json: {
          ...(path.endsWith('messages') && content),
          ...(random(3) === 0 && {
            parameters: { temperature: random(20) / 10, maxTokens: 100 + random(50) },
          }),
        },
      });
      expect(answer.status).toBe(202);
      replies.push((await ended((await json<SentMessage>(answer)).reply.id)).id);
    }
  }
  const views = await Promise.all(replies.map(told));
  expect(views.filter(({ verified }) => !verified)).toEqual([]);
  expect(views.some(({ omittedCount }) => omittedCount > 0)).toBe(true);
  expect(new Set(views.map(({ sha256 }) => sha256)).size).toBeGreaterThan(20);
}, 120_000);
