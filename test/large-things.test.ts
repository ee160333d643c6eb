/** What is large for somebody holds up nobody else: the longest time in which a server does nothing but that one thing. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, type Person } from './harness/accounts.ts';
import { addEndpoint } from './harness/endpoints.ts';
import { startTestParley, type TestParley } from './harness/parley.ts';
import { generationWhen } from './harness/stored.ts';

const MESSAGES = 10_000;
/** The longest slice. What others wait for theirs is one or two of them. */
const MOST_MS = 50;
/** The quietest counts: a machine that does something else as well stops the process for as long. The first also compiles. */
const ROUNDS = 6;

let parley: TestParley;
let ada: Person;
let chatId: string;
beforeAll(async () => {
  parley = await startTestParley();
  ada = await admin(parley.url);
  await addEndpoint(parley.services, { slots: 4 });
  chatId = await longChat();
});
afterAll(() => parley.close());

test('the overview of a chat of 10,000 messages', async () => {
  expect(await longestSlice(() => ask('GET', `/chats/${chatId}/tree`))).toBeLessThan(MOST_MS);
});

test('a link to a chat of 10,000 messages is made, read and withdrawn', async () => {
  const slice = await longestSlice(async () => {
    const { id, url } = JSON.parse(String(await ask('POST', `/chats/${chatId}/shares`, '{}')));
    const shown = await ask('GET', `/shares/${url.split('/').at(-1)}`);
    expect(shown.byteLength).toBeGreaterThan(MESSAGES * 300);
    await ask('DELETE', `/chats/${chatId}/shares/${id}`);
  });
  expect(slice).toBeLessThan(MOST_MS);
});

test('a message of a megabyte is sent and answered', async () => {
  const content = `/script text="read" rate=0\n${'a long text '.repeat(960_000 / 12)}`;
  const body = JSON.stringify({ message: { content } });
  const slice = await longestSlice(async () => {
    const { generation } = JSON.parse(String(await ask('POST', '/messages', body)));
    await generationWhen(ada, generation.id);
  });
  expect(slice).toBeLessThan(MOST_MS);
});

/** How long the event loop stood still at most while `work` was done, in milliseconds: in the quietest of some rounds. */
async function longestSlice(work: () => Promise<unknown>): Promise<number> {
  const longest: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await work();
    delay.disable();
    longest.push(delay.max / 1e6);
  }
  return Math.min(...longest);
}

async function ask(method: string, path: string, body?: string): Promise<Buffer> {
  const answer = await ada.fetch(`/api/v1${path}`, {
    method,
    ...(body && { body, headers: { 'content-type': 'application/json' } }),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${bytes}`);
  return bytes;
}

/** One chain, as long as it is said, of which every second message is a person's. */
async function longChat(): Promise<string> {
  const { id } = JSON.parse(String(await ask('POST', '/chats', '{}'))) as { id: string };
  await parley.services.db.$client.query(
    `WITH said AS (
       INSERT INTO messages (id, chat_id, parent_id, role, content)
       SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, $1,
         CASE WHEN n > 1 THEN ('00000000-0000-4000-8000-' || lpad((n - 1)::text, 12, '0'))::uuid END,
         CASE n % 2 WHEN 1 THEN 'user' ELSE 'assistant' END,
         jsonb_build_array(jsonb_build_object('type', 'text', 'text', n || repeat(' Something was said about it.', 12)))
       FROM generate_series(1, $2) n)
     UPDATE chats SET leaf_message_id = ('00000000-0000-4000-8000-' || lpad($2::text, 12, '0'))::uuid WHERE id = $1`,
    [id, MESSAGES],
  );
  return id;
}
