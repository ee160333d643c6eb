/** `kill -9` of a Parley that does everything, on its own PostgreSQL, at bad moments. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Person } from './harness/accounts.ts';
import { makeWhole, type Whole } from './harness/make.ts';
import { generationWhen, messagesOf, replyText } from './harness/stored.ts';
import { eventually, follow, readStream, type StreamEvent, streamedText } from './harness/streams.ts';

/** `npm run chaos -- --kills 200` does it as often as wanted. */
const CYCLES = 10;
/** Parleys that are killed beside each other: most of a cycle is waiting. */
const AT_ONCE = 2;
const COMMIT_CYCLES = 6;
/** A healthy machine takes two seconds; a loaded one may take longer. */
const UP_AGAIN_MS = 20_000;

const newMessage = (content: string) => ({
  chat: { id: randomUUID() },
  message: { id: randomUUID(), replyId: randomUUID(), content, modelId: 'upstream/normal' },
});
const post = (ada: Person, json: unknown, accept = 'application/json') =>
  ada.fetch('/api/v1/messages', { method: 'POST', headers: { accept }, json });
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Kills and starts it again; `meanwhile` is what the kill ends. */
async function restart(whole: Whole, meanwhile: Promise<unknown> = Promise.resolve()): Promise<void> {
  await whole.parley.kill();
  await meanwhile;
  const startedAt = performance.now();
  await whole.start();
  expect(performance.now() - startedAt).toBeLessThan(UP_AGAIN_MS);
}

async function killInMidStream(whole: Whole): Promise<void> {
  const { ada } = whole;
  const body = newMessage('Go on\n/upstream {"tokens":200,"rate":100}');
  const response = await post(ada, body, 'text/event-stream');
  const events: StreamEvent[] = [];
  const reading = readStream(response, (event) => {
    events.push(event);
    return false;
  }).catch(() => {});
  await sleep(Math.random() * 1200);
  await restart(whole, reading);

  const saved = events[0]!.data as { generation: { id: string } };
  const { id } = saved.generation;
  const row = await generationWhen(ada, id);
  const seen = streamedText(events);
  const stored = await replyText(ada, body.chat.id);
  expect(stored.startsWith(seen)).toBe(true);
  if (seen !== '') expect(row.state).toBe('interrupted');
  else expect(['interrupted', 'completed']).toContain(row.state);
  // Where the reader stood it goes on: the rest, once, and the end.
  const place = events.filter((event) => event.id).at(-1)?.id ?? `${id}:0`;
  const rest = await readStream(await follow(ada, id, place));
  expect(seen + streamedText(rest)).toBe(stored);
  expect(rest.at(-1)!.type).toBe(row.state === 'completed' ? 'message_end' : 'error');
}

describe.concurrent('kill -9', () => {
  it(`in mid-stream, ${CYCLES} times: what was seen is kept, and every reply ends once`, {
    timeout: 300_000,
  }, async ({ onTestFinished }) => {
    let left = CYCLES;
    const lane = async () => {
      const whole = await makeWhole(onTestFinished);
      while (left-- > 0) await killInMidStream(whole);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
  });

  it('around the commit of a message: sending it again makes it once', { timeout: 240_000 }, async ({
    onTestFinished,
  }) => {
    const whole = await makeWhole(onTestFinished);
    const { ada } = whole;
    for (let cycle = 0; cycle < COMMIT_CYCLES; cycle++) {
      const body = newMessage('Only once\n/upstream {"tokens":3,"rate":0}');
      const first = post(ada, body).catch(() => null);
      await sleep(Math.random() * 40);
      await restart(whole, first);

      const answers = [await post(ada, body), await post(ada, body)];
      expect(answers.map((answer) => answer.status)).toEqual([202, 202]);
      const made = (await Promise.all(answers.map((answer) => answer.json()))) as {
        generation: { id: string };
      }[];
      expect(made[0]!.generation.id).toBe(made[1]!.generation.id);
      expect((await generationWhen(ada, made[0]!.generation.id)).state).toBe('completed');
      const stored = await messagesOf(ada, body.chat.id);
      expect(stored.map((message) => message.id)).toEqual([body.message.id, body.message.replyId]);
    }
  });

  it('between the upstream’s end and the last commit: the text is whole or marked, and nothing is asked twice', {
    timeout: 240_000,
  }, async ({ onTestFinished }) => {
    const whole = await makeWhole(onTestFinished);
    const { ada, upstream } = whole;
    for (let cycle = 0; cycle < COMMIT_CYCLES; cycle++) {
      const mark = randomUUID();
      const body = newMessage(`${mark}\n/upstream {"tokens":30,"rate":150}`);
      const answer = (await (await post(ada, body)).json()) as { generation: { id: string } };
      const calls = () => upstream.requests.filter((call) => call.prompt.includes(mark));
      await eventually(
        async () => calls(),
        ([call]) => call !== undefined && call.closedAt !== null,
      );
      await restart(whole);

      const row = await generationWhen(ada, answer.generation.id);
      const stored = await replyText(ada, body.chat.id);
      expect(['completed', 'interrupted']).toContain(row.state);
      if (row.state === 'completed') expect(stored).toBe(calls()[0]!.completed ? wholeText(30) : stored);
      else expect(wholeText(30).startsWith(stored)).toBe(true);
      // Shown text is never paid for again.
      expect(calls()).toHaveLength(1);
      const ledger = (await (await ada.fetch('/api/v1/generations?limit=200')).json()) as {
        items: { chatId: string }[];
      };
      expect(ledger.items.filter((one) => one.chatId === body.chat.id)).toHaveLength(1);
    }
  });
});

const wholeText = (tokens: number) => Array.from({ length: tokens }, (_, at) => `w${at} `).join('');
