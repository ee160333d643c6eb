/** The four timeouts: each its own end and words, text kept, slot and upstream socket given back. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { admin, type Person } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually, follow, readStream, send } from '#test/harness/streams.ts';
import { liftLimits } from '#test/harness/upstream-endpoint.ts';
import type { Behaviour } from '#test/upstream/behaviour.ts';
import { startUpstream, type Upstream } from '#test/upstream/start-upstream.ts';
import { addUpstream, ask, shownWhen, storedReply } from './people.ts';

let parley: TestParley;
let boss: Person;
let upstream: Upstream;
let count = 0;
beforeAll(async () => {
  parley = await startTestParley();
  upstream = await startUpstream();
  boss = await admin(parley.url);
  await liftLimits(boss);
});
afterAll(async () => {
  await parley.close();
  await upstream.close();
});

const add = async (timeouts: object) => {
  const name = `t${count++}`;
  await addUpstream(parley, upstream, { name, slots: 1, timeouts });
  return `${name}/normal`;
};

/** A prompt that tells the upstream what to do, so that tests beside each other do not meet there. */
const prompting = (what: string, behaviour: Behaviour) => `${what}\n/upstream ${JSON.stringify(behaviour)}`;

/** The upstream was hung up on, and the slot serves the next one. */
async function expectAllGivenBack(prompt: string, modelId: string): Promise<void> {
  const seen = upstream.requests.find((request) => request.prompt === prompt)!;
  await eventually(
    async () => seen.closedAt,
    (closedAt) => closedAt !== null,
  );
  expect(seen.completed).toBe(false);
  expect(await ask(boss, 'and after it', modelId)).toMatchObject({ state: 'completed' });
}

it.concurrent.for([
  ['before the headers', { hang: 'headers' }],
  ['after the headers', { hang: 'first' }],
] as const)('no first token, the server hanging %s', async ([what, behaviour]) => {
  const prompt = prompting(what, behaviour);
  const modelId = await add({ firstTokenMs: 700 });
  const { generation, chat } = await send(boss, prompt, { modelId });
  const shown = await shownWhen(boss, generation.id);
  expect(shown).toMatchObject({
    state: 'timed_out',
    error: { code: 'timeout_first_token', retryable: true },
  });
  expect(shown.error!.detail).toContain('within 0.7 seconds');
  expect(await storedReply(boss, chat.id)).toBe('');
  await expectAllGivenBack(prompt, modelId);
});

it.concurrent('a pause between tokens that is too long keeps what was written', async () => {
  const modelId = await add({ idleMs: 700 });
  const prompt = prompting('idle', { hang: 'mid', tokens: 10, rate: 0 });
  const { generation, chat } = await send(boss, prompt, { modelId });
  const events = await readStream(await follow(boss, generation.id));
  expect(events.at(-1)).toMatchObject({
    type: 'error',
    data: { state: 'timed_out', code: 'timeout_idle', retryable: true },
  });
  expect(await storedReply(boss, chat.id)).toBe('w0 w1 w2 w3 w4 ');
  await expectAllGivenBack(prompt, modelId);
});

it.concurrent('a reply that takes too long in all, though it never pauses, keeps what was written', async () => {
  const modelId = await add({ totalMs: 1500, idleMs: 1000 });
  const prompt = prompting('total', { tokens: 1000, rate: 20 });
  const { generation, chat } = await send(boss, prompt, { modelId });
  const shown = await shownWhen(boss, generation.id);
  expect(shown).toMatchObject({ state: 'timed_out', error: { code: 'timeout_total' } });
  expect(await storedReply(boss, chat.id)).toMatch(/^w0 w1 w2 /);
  await expectAllGivenBack(prompt, modelId);
});

it.concurrent('a turn that does not come ends the waiting, without the model being asked, and the line moves up', async () => {
  const modelId = await add({ queueMs: 1000 });
  const busy = await send(boss, prompting('busy', { tokens: 1000, rate: 20 }), { modelId });
  await shownWhen(boss, busy.generation.id, ['running']);
  const { generation, chat } = await send(boss, 'waits', { modelId });
  const events = await readStream(await follow(boss, generation.id));
  expect(events.at(-1)).toMatchObject({ type: 'error', data: { state: 'timed_out', code: 'timeout_queue' } });
  expect(await shownWhen(boss, generation.id)).toMatchObject({ startedAt: null });
  expect(upstream.requests.some(({ prompt }) => prompt === 'waits')).toBe(false);
  const { items } = (await (await boss.fetch(`/api/v1/chats/${chat.id}/messages`)).json()) as {
    items: { role: string; content: { text: string }[] }[];
  };
  expect(items[0]).toMatchObject({ role: 'user', content: [{ text: 'waits' }] });
  await boss.fetch(`/api/v1/generations/${busy.generation.id}/cancel`, { method: 'POST' });
});
