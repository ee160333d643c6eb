import { afterAll, beforeAll, expect, it } from 'vitest';
import { stop } from '#features/generations/server/run/cancel-generation.ts';
import { BUCKETS, Dashboard } from '#features/ops/dashboard.ts';
import { admin, type Person, signUp } from '#test/harness/accounts.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { addEnded } from '#test/harness/ledger.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually, send } from '#test/harness/streams.ts';

let parley: TestParley;
let ada: Person;
let bob: Person;
let past: string;
let endpointId: string;
beforeAll(async () => {
  parley = await startTestParley();
  past = await addEndpoint(parley.services, { name: 'past' });
  endpointId = await addEndpoint(parley.services, { slots: 1 });
  ada = await admin(parley.url);
  bob = await signUp(parley.url, { name: 'Bob' });
});
afterAll(() => parley.close());

/** Until `ended` were counted: an answer may be shared for a moment. */
async function readWith(ended: number, range: 'hour' | 'day', name: string) {
  return eventually(
    () => read(range, name),
    ({ board }) => board.total.ended === ended,
  );
}

async function read(range: 'hour' | 'day' = 'hour', name = 'test') {
  const dashboard = Dashboard.parse(await (await ada.fetch(`/api/v1/admin/queue?range=${range}`)).json());
  return { dashboard, board: dashboard.items.find((item) => item.name === name)! };
}

it('shows who runs and who waits, by name, in the order of the line', async () => {
  const running = await send(bob, '/script tokens=9000 rate=50');
  const first = await send(ada, 'I wait');
  const second = await send(ada, 'I wait too');
  const { board, dashboard } = await read();
  // Its end is the border of a bucket, up to a minute or a quarter of an hour ahead: no clock to count from.
  expect(Math.abs(Date.parse(dashboard.now) - Date.now())).toBeLessThan(5_000);
  expect(Date.parse(dashboard.to)).toBeGreaterThan(Date.parse(dashboard.now));
  expect(board).toMatchObject({
    endpointId,
    slots: 1,
    enabled: true,
    paused: false,
    draining: false,
    waitingCount: 2,
  });
  expect(board.running).toMatchObject([
    {
      generationId: running.generation.id,
      chatId: running.chat.id,
      user: { id: bob.userId, name: 'Bob' },
      class: 'interactive',
      model: 'test/demo',
      client: 'web',
    },
  ]);
  expect(board.waiting).toMatchObject([
    { generationId: first.generation.id, position: 0, user: { id: ada.userId } },
    { generationId: second.generation.id, position: 1 },
  ]);
  for (const { generation } of [first, second, running]) await stop(parley.services, generation.id);
});

it('tells throughput, waits and errors over the range and bucket by bucket', async () => {
  const { userId } = bob;
  const at = (agoSeconds: number, more: object = {}) => ({
    userId,
    endpointId: past,
    modelId: 'past/demo',
    agoSeconds,
    durationMs: 0,
    ttftMs: 0,
    ...more,
  });
  await addEnded(parley.services, [
    ...Array.from({ length: 100 }, (_, index) =>
      at(600, { waitMs: (index + 1) * 100, ttftMs: (index + 1) * 10 }),
    ),
    at(1800, { state: 'failed', errorCode: 'bad_stream' }),
    at(1800, { state: 'failed', errorCode: 'bad_stream' }),
    at(1800, { state: 'timed_out', errorCode: 'timeout_idle' }),
    at(1800, { state: 'cancelled' }),
    at(5 * 3600, { inputTokens: 1000 }),
    at(30 * 3600),
  ]);
  const { dashboard, board } = await readWith(104, 'hour', 'past');
  expect(board.buckets).toHaveLength(BUCKETS.hour.count);
  expect(board.buckets[0]!.at).toBe(dashboard.from);
  expect(board.total).toMatchObject({
    ended: 104,
    completed: 100,
    failed: 3,
    cancelled: 1,
    errors: { bad_stream: 2, timeout_idle: 1 },
    inputTokens: 1040,
    outputTokens: 2080,
  });
  expect(board.total.perMinute).toBeCloseTo(104 / 60);
  expect(board.total.waitMs.p50).toBeGreaterThan(4_000);
  expect(board.total.waitMs.p50).toBeLessThan(5_500);
  expect(board.total.waitMs.p95).toBeGreaterThan(9_000);
  expect(board.total.ttftMs.p95).toBeGreaterThan(850);
  const busy = board.buckets.filter((bucket) => bucket.ended > 0);
  expect(busy.reduce((sum, bucket) => sum + bucket.ended, 0)).toBe(104);
  const quiet = board.buckets.find((bucket) => bucket.ended === 0)!;
  expect(quiet).toMatchObject({ inputTokens: 0, waitMs: { p50: null, p95: null } });

  const day = await readWith(105, 'day', 'past');
  expect(day.board.buckets).toHaveLength(BUCKETS.day.count);
  expect(day.board.total).toMatchObject({ ended: 105, inputTokens: 2040 });
  const other = await read('day', 'test');
  expect(other.board.total.errors).toEqual({});
});

it('has everything in the ledger’s last minute, too', async () => {
  await addEnded(parley.services, [
    { userId: bob.userId, endpointId, agoSeconds: 1, waitMs: 0, durationMs: 900 },
  ]);
  await eventually(
    () => read(),
    ({ board }) => board.buckets.slice(-2).reduce((sum, bucket) => sum + bucket.completed, 0) === 1,
  );
});

it('is for admins', async () => {
  expect((await bob.fetch('/api/v1/admin/queue')).status).toBe(403);
  expect((await ada.fetch('/api/v1/admin/queue?range=year')).status).toBe(400);
});
