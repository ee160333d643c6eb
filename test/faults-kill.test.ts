/** `kill -9` of a Parley that does everything, on its own PostgreSQL, at bad moments. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Person } from './harness/accounts.ts';
import { makeWhole, type Whole } from './harness/make.ts';
import { generationWhen, messagesOf, replyText, type StoredGeneration } from './harness/stored.ts';
import { eventually, follow, readStream, type StreamEvent, streamedText } from './harness/streams.ts';

/** `npm run chaos -- --kills 200` does it as often as wanted. */
const CYCLES = 10;
/** Parleys that are killed beside each other: most of a cycle is waiting. */
const AT_ONCE = 2;
/** A healthy machine takes two seconds; a loaded one may take longer. */
const UP_AGAIN_MS = 20_000;
/** How long a message takes to be committed, at most; the kill comes somewhere in it. */
const COMMIT_MS = 40;
/** So many that no reply has them before the kill. */
const LONG_TOKENS = 5000;
/** A reply that ends while another is in mid-stream: so many tokens, so many a second. */
const SHORT = { tokens: 30, rate: 150 };

/** What a kill meets; afterwards, on the Parley that was started again, `check` says whether it was survived. */
type Met = { check(): Promise<void> };

const newMessage = (content: string, behaviour: object) => ({
  chat: { id: randomUUID() },
  message: {
    id: randomUUID(),
    replyId: randomUUID(),
    content: `${content}\n/upstream ${JSON.stringify(behaviour)}`,
    modelId: 'upstream/normal',
  },
});
const post = (ada: Person, json: unknown, accept = 'application/json') =>
  ada.fetch('/api/v1/messages', { method: 'POST', headers: { accept }, json });
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const wholeText = (tokens: number) => Array.from({ length: tokens }, (_, at) => `w${at} `).join('');

/** A reply ended once: whole, or interrupted with what was written of it. */
function expectEnded({ state }: StoredGeneration, stored: string, tokens: number): void {
  expect(['completed', 'interrupted']).toContain(state);
  if (state === 'completed') expect(stored).toBe(wholeText(tokens));
  else expect(wholeText(tokens).startsWith(stored)).toBe(true);
}

/** A reply in mid-stream: what its reader saw is kept, and where they stood it goes on: the rest, once, and the end. */
async function streaming({ ada }: Whole): Promise<Met> {
  const body = newMessage('Go on', { tokens: LONG_TOKENS, rate: 100 });
  const response = await post(ada, body, 'text/event-stream');
  const events: StreamEvent[] = [];
  const reading = readStream(response, (event) => {
    events.push(event);
    return false;
  }).catch(() => {});
  return {
    async check() {
      await reading;
      const { id } = (events[0]!.data as { generation: { id: string } }).generation;
      const row = await generationWhen(ada, id);
      const seen = streamedText(events);
      const stored = await replyText(ada, body.chat.id);
      expect(stored.startsWith(seen)).toBe(true);
      expectEnded(row, stored, LONG_TOKENS);
      if (seen !== '') expect(row.state).toBe('interrupted');
      const place = events.filter((event) => event.id).at(-1)?.id ?? `${id}:0`;
      const rest = await readStream(await follow(ada, id, place));
      expect(seen + streamedText(rest)).toBe(stored);
      expect(rest.at(-1)!.type).toBe(row.state === 'completed' ? 'message_end' : 'error');
    },
  };
}

/** A reply that its upstream has given whole: the text is whole or marked, and nothing is asked or paid for twice. */
async function ending({
  ada,
  upstream,
}: Whole): Promise<Met & { begun(): Promise<void>; given(): Promise<void> }> {
  const mark = randomUUID();
  const body = newMessage(mark, SHORT);
  const answer = (await (await post(ada, body)).json()) as { generation: { id: string } };
  const calls = () => upstream.requests.filter((call) => call.prompt.includes(mark));
  const callWhen = async (check: (call: { closedAt: number | null }) => boolean) => {
    await eventually(
      async () => calls(),
      ([call]) => call !== undefined && check(call),
    );
  };
  return {
    begun: () => callWhen(() => true),
    given: () => callWhen(({ closedAt }) => closedAt !== null),
    async check() {
      const row = await generationWhen(ada, answer.generation.id);
      expectEnded(row, await replyText(ada, body.chat.id), SHORT.tokens);
      expect(calls()).toHaveLength(1);
      expect(calls()[0]!.completed).toBe(true);
      const ledger = (await (await ada.fetch('/api/v1/generations?limit=200')).json()) as {
        items: { chatId: string }[];
      };
      expect(ledger.items.filter((one) => one.chatId === body.chat.id)).toHaveLength(1);
    },
  };
}

/** A message around its commit: sending it again makes it once. */
function sending({ ada }: Whole): Met {
  const body = newMessage('Only once', { tokens: 3, rate: 0 });
  const first = post(ada, body).catch(() => null);
  return {
    async check() {
      await first;
      const answers = [await post(ada, body), await post(ada, body)];
      expect(answers.map((answer) => answer.status)).toEqual([202, 202]);
      const made = (await Promise.all(answers.map((answer) => answer.json()))) as {
        generation: { id: string };
      }[];
      expect(made[0]!.generation.id).toBe(made[1]!.generation.id);
      const row = await generationWhen(ada, made[0]!.generation.id);
      expectEnded(row, await replyText(ada, body.chat.id), 3);
      const stored = await messagesOf(ada, body.chat.id);
      expect(stored.map((message) => message.id)).toEqual([body.message.id, body.message.replyId]);
    },
  };
}

/** Kills it while one reply is in mid-stream, another has just been given whole, and a message is being committed. */
async function killOnce(whole: Whole): Promise<void> {
  const stream = await streaming(whole);
  await sleep(Math.random() * 1000);
  const end = await ending(whole);
  await end.begun();
  await sleep((SHORT.tokens / SHORT.rate) * 1000 - Math.random() * COMMIT_MS);
  const sent = sending(whole);
  await end.given();
  await whole.parley.kill();
  const startedAt = performance.now();
  await whole.start();
  expect(performance.now() - startedAt).toBeLessThan(UP_AGAIN_MS);
  for (const met of [stream, end, sent]) await met.check();
}

it(`kill -9 in mid-stream, around a commit and after an upstream’s end, ${CYCLES} times: nothing is lost, made or asked twice`, {
  timeout: 300_000,
}, async ({ onTestFinished }) => {
  let left = CYCLES;
  const lane = async () => {
    const whole = await makeWhole(onTestFinished);
    while (left-- > 0) await killOnce(whole);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
});
