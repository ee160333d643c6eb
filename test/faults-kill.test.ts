/** `kill -9` of a Parley that does everything, on its own PostgreSQL, at bad moments. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, type Person } from './harness/accounts.ts';
import { freePort } from './harness/free-port.ts';
import { type ParleyProcess, startParleyProcess } from './harness/process.ts';
import { eventually, follow, readStream, streamedText } from './harness/streams.ts';
import { addUpstream } from './harness/upstream-endpoint.ts';
import { startUpstream, type Upstream } from './upstream/start-upstream.ts';

/** `npm run chaos -- --kills 200` does it as often as wanted. */
const CYCLES = 10;
const COMMIT_CYCLES = 6;
/** A healthy machine takes two seconds; a loaded one may take longer. */
const UP_AGAIN_MS = 20_000;

let dataDir: string;
let port: number;
let upstream: Upstream;
let parley: ParleyProcess;
let ada: Person;

const start = async () => {
  parley = await startParleyProcess({ dataDir, env: { PORT: String(port) } });
};
const restart = async () => {
  const startedAt = performance.now();
  await start();
  expect(performance.now() - startedAt).toBeLessThan(UP_AGAIN_MS);
};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'parley-kill-'));
  port = await freePort();
  upstream = await startUpstream();
  await start();
  ada = await admin(parley.url);
  await addUpstream(ada, upstream);
});
afterAll(async () => {
  await parley?.stop();
  await upstream?.close();
  await rm(dataDir, { recursive: true, force: true });
});

type Row = { id: string; state: string; outputTokens: number | null; chatId: string };
const generationOf = async (id: string) =>
  (await (await ada.fetch(`/api/v1/generations/${id}`)).json()) as Row;
const ended = (id: string) =>
  eventually(
    () => generationOf(id),
    (row) => row.state !== 'queued' && row.state !== 'running',
    30_000,
  );
const messagesOf = async (chatId: string) =>
  (
    (await (await ada.fetch(`/api/v1/chats/${chatId}/messages`)).json()) as {
      items: { id: string; role: string; content: { text: string }[] }[];
    }
  ).items;
const replyText = async (chatId: string) =>
  ((await messagesOf(chatId)).at(-1)?.content ?? []).map((part) => part.text).join('');

const newMessage = (content: string) => ({
  chat: { id: randomUUID() },
  message: { id: randomUUID(), replyId: randomUUID(), content, modelId: 'upstream/normal' },
});
const post = (json: unknown, accept = 'application/json') =>
  ada.fetch('/api/v1/messages', { method: 'POST', headers: { accept }, json });

describe('kill -9', () => {
  it(`in mid-stream, ${CYCLES} times: what was seen is kept, and every reply ends once`, {
    timeout: 300_000,
  }, async () => {
    for (let cycle = 0; cycle < CYCLES; cycle++) {
      const body = newMessage('Go on\n/upstream {"tokens":200,"rate":100}');
      const response = await post(body, 'text/event-stream');
      const events: Awaited<ReturnType<typeof readStream>> = [];
      const reading = readStream(response, (event) => {
        events.push(event);
        return false;
      }).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 1200));
      await parley.kill();
      await reading;
      await restart();

      const saved = events[0]!.data as { generation: { id: string } };
      const { id } = saved.generation;
      const row = await ended(id);
      const seen = streamedText(events);
      const stored = await replyText(body.chat.id);
      expect(stored.startsWith(seen)).toBe(true);
      if (seen !== '') expect(row.state).toBe('interrupted');
      else expect(['interrupted', 'completed']).toContain(row.state);
      // Where the reader stood it goes on: the rest, once, and the end.
      const place = events.filter((event) => event.id).at(-1)?.id ?? `${id}:0`;
      const rest = await readStream(await follow(ada, id, place));
      expect(seen + streamedText(rest)).toBe(stored);
      expect(rest.at(-1)!.type).toBe(row.state === 'completed' ? 'message_end' : 'error');
    }
  });

  it('around the commit of a message: sending it again makes it once', { timeout: 240_000 }, async () => {
    for (let cycle = 0; cycle < COMMIT_CYCLES; cycle++) {
      const body = newMessage('Only once\n/upstream {"tokens":3,"rate":0}');
      const first = post(body).then(
        (answer) => answer.status,
        () => null,
      );
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
      await parley.kill();
      await first;
      await restart();

      const answers = [await post(body), await post(body)];
      expect(answers.map((answer) => answer.status)).toEqual([202, 202]);
      const made = (await Promise.all(answers.map((answer) => answer.json()))) as { generation: Row }[];
      expect(made[0]!.generation.id).toBe(made[1]!.generation.id);
      expect((await ended(made[0]!.generation.id)).state).toBe('completed');
      const stored = await messagesOf(body.chat.id);
      expect(stored.map((message) => message.id)).toEqual([body.message.id, body.message.replyId]);
    }
  });

  it('between the upstream’s end and the last commit: the text is whole or marked, and nothing is asked twice', {
    timeout: 240_000,
  }, async () => {
    for (let cycle = 0; cycle < COMMIT_CYCLES; cycle++) {
      const mark = randomUUID();
      const body = newMessage(`${mark}\n/upstream {"tokens":30,"rate":150}`);
      const answer = (await (await post(body)).json()) as { generation: { id: string } };
      const calls = () => upstream.requests.filter((call) => call.prompt.includes(mark));
      await eventually(
        async () => calls(),
        ([call]) => call !== undefined && call.closedAt !== null,
      );
      await parley.kill();
      await restart();

      const row = await ended(answer.generation.id);
      const stored = await replyText(body.chat.id);
      expect(['completed', 'interrupted']).toContain(row.state);
      if (row.state === 'completed') expect(stored).toBe(calls()[0]!.completed ? wholeText(30) : stored);
      else expect(wholeText(30).startsWith(stored)).toBe(true);
      // Shown text is never paid for again.
      expect(calls()).toHaveLength(1);
      const ledger = (await (await ada.fetch('/api/v1/generations?limit=200')).json()) as { items: Row[] };
      expect(ledger.items.filter((one) => one.chatId === body.chat.id)).toHaveLength(1);
    }
  });
});

const wholeText = (tokens: number) => Array.from({ length: tokens }, (_, at) => `w${at} `).join('');
