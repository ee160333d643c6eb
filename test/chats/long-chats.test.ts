/** A chat of forty mebibytes is read in pieces, by people and by models, and nobody else notices. */
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { admin, guest, type Person } from '../harness/accounts.ts';
import { makeProcess } from '../harness/make.ts';
import { readStream } from '../harness/streams.ts';
import { addUpstream } from '../harness/upstream-endpoint.ts';
import { startUpstream } from '../upstream/start-upstream.ts';

const MIB = 1024 * 1024;
const MESSAGES = 40;
const TEXT = 'a long text '.repeat(MIB / 12);

test('forty messages of a mebibyte are read page by page, and a model is sent what it can read', async () => {
  const upstream = await startUpstream();
  onTestFinished(() => upstream.close());
  const { parley, database } = await makeProcess(onTestFinished);
  const ada = await admin(parley.url);
  await addUpstream(ada, upstream);
  const ann = await guest(parley.url);
  const made = await ann.fetch('/api/v1/chats', { method: 'POST', json: {} });
  const { id } = (await made.json()) as { id: string };
  await database.db.$client.query(
    `WITH said AS (
       INSERT INTO messages (id, chat_id, parent_id, role, content)
       SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, $1,
              CASE WHEN n > 1 THEN ('00000000-0000-4000-8000-' || lpad((n - 1)::text, 12, '0'))::uuid END,
              'user', jsonb_build_array(jsonb_build_object('type', 'text', 'text', n || ' ' || $2))
       FROM generate_series(1, $3) n)
     UPDATE chats SET leaf_message_id = ('00000000-0000-4000-8000-' || lpad($3::text, 12, '0'))::uuid WHERE id = $1`,
    [id, TEXT, MESSAGES],
  );

  const before = residentBytes(parley.pid);
  let reading = true;
  const reader = (async () => {
    const numbers: number[] = [];
    for (let cursor: string | null = ''; cursor !== null && reading; ) {
      const page = await pageOf(ann, id, cursor);
      expect(page.bytes).toBeLessThan(2.1 * MIB);
      numbers.unshift(...page.numbers);
      cursor = page.nextCursor;
    }
    return numbers;
  })();
  const waits: number[] = [];
  const bob = await guest(parley.url);
  void reader.finally(() => {
    reading = false;
  });
  while (reading) {
    const startedAt = performance.now();
    await (await bob.fetch('/api/v1/me')).text();
    waits.push(performance.now() - startedAt);
  }
  expect(await reader).toEqual(Array.from({ length: MESSAGES }, (_, at) => at + 1));
  expect(waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.95)]).toBeLessThan(250);

  const sent = await ann.fetch(`/api/v1/chats/${id}/messages`, {
    method: 'POST',
    headers: { accept: 'text/event-stream' },
    json: { content: 'And now?', modelId: 'upstream/normal' },
  });
  await readStream(sent);
  const { messages } = upstream.requests.at(-1)!.body as { messages: { content: string }[] };
  expect(messages.at(-1)!.content).toBe('And now?');
  expect(messages.length).toBeLessThan(4);
  expect((residentBytes(parley.pid) - before) / MIB).toBeLessThan(150);
});

async function pageOf(person: Person, chatId: string, before: string) {
  const answer = await person.fetch(`/api/v1/chats/${chatId}/messages${before && `?before=${before}`}`);
  const text = await answer.text();
  const { items, nextCursor } = JSON.parse(text);
  return {
    bytes: text.length,
    numbers: items.map((message: { content: { text: string }[] }) =>
      Number.parseInt(message.content[0]!.text, 10),
    ),
    nextCursor,
  };
}

const residentBytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
