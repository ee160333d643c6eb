/** Stopping at every stage, from anywhere: one end, the upstream hung up on at once, the slot free. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stop } from '#features/generations/server/run/cancel-generation.ts';
import { admin, type Person, signUp } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually, follow, readStream, type SentMessage, send } from '#test/harness/streams.ts';
import { startUpstream, type Upstream } from '#test/upstream/start-upstream.ts';
import { addUpstream, ask, show, shownWhen, storedReply } from './people.ts';

/** From quality.md: stop → upstream socket closed. Measured by the upstream, from the moment the stop was posted. */
const MOST_MS = 100;

let parley: TestParley;
let boss: Person;
let ann: Person;
let upstream: Upstream;
beforeAll(async () => {
  parley = await startTestParley();
  upstream = await startUpstream();
  boss = await admin(parley.url);
  ann = await signUp(parley.url);
  await addUpstream(parley, upstream, { name: 'up', slots: 1 });
});
beforeEach(() => upstream.behave({}));
afterAll(async () => {
  await parley.close();
  await upstream.close();
});

const modelId = 'up/normal';
const cancel = async (person: Person, { generation }: SentMessage) =>
  (await (await person.fetch(`/api/v1/generations/${generation.id}/cancel`, { method: 'POST' })).json()) as {
    state: string;
  };
const asked = (prompt: string) => upstream.requests.find((request) => request.prompt === prompt);
const whenAsked = (prompt: string) =>
  eventually(
    async () => asked(prompt),
    (request) => request !== undefined,
  );

/** Stops it and returns how long the upstream's socket stayed open. */
async function stopAndMeasure(sent: SentMessage, prompt: string, person = ann): Promise<number> {
  const from = performance.now();
  expect(await cancel(person, sent)).toMatchObject({ state: 'cancelled' });
  const request = (await whenAsked(prompt))!;
  await eventually(
    async () => request.closedAt,
    (closedAt) => closedAt !== null,
  );
  expect(request.completed).toBe(false);
  return request.closedAt! - from;
}
const expectSlotFree = async () =>
  expect(await ask(ann, `free ${Math.random()}`, modelId)).toMatchObject({ state: 'completed' });

describe('stopping', () => {
  // The best of three: a busy machine may delay one of them, a wrong design delays all.
  it.each([
    ['before the headers', { hang: 'headers' }, 0],
    ['before the first token', { hang: 'first' }, 0],
    ['in the middle', { tokens: 5000, rate: 100 }, 300],
  ] as const)('%s closes the upstream within 100 ms', async (what, behaviour, afterMs) => {
    upstream.behave(behaviour);
    const times: number[] = [];
    for (let round = 0; round < 3; round++) {
      const prompt = `${what} ${round}`;
      const sent = await send(ann, prompt, { modelId });
      await whenAsked(prompt);
      await sleep(afterMs);
      times.push(await stopAndMeasure(sent, prompt));
      const text = await storedReply(ann, sent.chat.id);
      if (afterMs > 0) expect(text).toMatch(/^w0 w1 /);
      else expect(text).toBe('');
    }
    expect(Math.min(...times)).toBeLessThanOrEqual(MOST_MS);
    upstream.behave({});
    await expectSlotFree();
  });

  it('while waiting never asks the model', async () => {
    upstream.behave({ tokens: 5000, rate: 100 });
    const first = await send(ann, 'runs', { modelId });
    await whenAsked('runs');
    const second = await send(ann, 'waits', { modelId });
    expect(await cancel(ann, second)).toMatchObject({ state: 'cancelled', startedAt: null });
    await cancel(ann, first);
    upstream.behave({});
    await expectSlotFree();
    expect(asked('waits')).toBeUndefined();
  });

  it('after the end changes nothing, and twice at once is one end', async () => {
    const done = await send(ann, 'done', { modelId });
    await shownWhen(ann, done.generation.id);
    expect(await cancel(ann, done)).toMatchObject({ state: 'completed' });
    upstream.behave({ tokens: 5000, rate: 100 });
    const twice = await send(ann, 'twice', { modelId });
    await whenAsked('twice');
    const answers = await Promise.all([cancel(ann, twice), cancel(ann, twice), cancel(ann, twice)]);
    expect(answers.map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    const ends = (
      await readStream(await follow(ann, twice.generation.id, `${twice.generation.id}:0`))
    ).filter(({ type }) => type === 'message_end');
    expect(ends).toHaveLength(1);
  });

  it('that races the end gives one end, the same to everybody', async () => {
    upstream.behave({ tokens: 3, rate: 0 });
    for (let round = 0; round < 12; round++) {
      const sent = await send(ann, `race ${round}`, { modelId });
      const reading = readStream(await follow(ann, sent.generation.id, `${sent.generation.id}:0`));
      await sleep(round * 4);
      const { state } = await cancel(ann, sent);
      expect(['completed', 'cancelled']).toContain(state);
      const events = await reading;
      const ends = events.filter(({ type }) => type === 'message_end' || type === 'error');
      expect(ends).toHaveLength(1);
      expect(ends[0]!.data.state).toBe(state);
      expect(await show(ann, sent.generation.id)).toMatchObject({ state });
    }
    await expectSlotFree();
  });

  it('is an admin’s right too, and nobody else’s', async () => {
    upstream.behave({ tokens: 5000, rate: 100 });
    const sent = await send(ann, 'hers', { modelId });
    await whenAsked('hers');
    const path = `/api/v1/admin/generations/${sent.generation.id}/cancel`;
    expect((await ann.fetch(path, { method: 'POST' })).status).toBe(403);
    const answer = await boss.fetch(path, { method: 'POST' });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ state: 'cancelled' });
    expect(await (await boss.fetch(path, { method: 'POST' })).json()).toMatchObject({ state: 'cancelled' });
    const unknown = `/api/v1/admin/generations/${crypto.randomUUID()}/cancel`;
    expect((await boss.fetch(unknown, { method: 'POST' })).status).toBe(404);
  });
});

describe('stopping from another process', () => {
  it('closes the upstream as soon, wherever the generation runs', async () => {
    const other = await startTestParley(
      { roles: new Set(['web']) },
      { database: parley.database, dataDir: parley.services.config.dataDir },
    );
    try {
      upstream.behave({ tokens: 5000, rate: 100 });
      const times: number[] = [];
      for (let round = 0; round < 3; round++) {
        const prompt = `from afar ${round}`;
        const sent = await send(ann, prompt, { modelId });
        await whenAsked(prompt);
        await sleep(200);
        const from = performance.now();
        await stop(other.services, sent.generation.id);
        const request = asked(prompt)!;
        await eventually(
          async () => request.closedAt,
          (closedAt) => closedAt !== null,
        );
        times.push(request.closedAt! - from);
        expect(await show(ann, sent.generation.id)).toMatchObject({ state: 'cancelled' });
        expect(await storedReply(ann, sent.chat.id)).toMatch(/^w0 w1 /);
      }
      expect(Math.min(...times)).toBeLessThanOrEqual(MOST_MS);
      upstream.behave({});
      await expectSlotFree();
    } finally {
      await other.close();
    }
  });
});
