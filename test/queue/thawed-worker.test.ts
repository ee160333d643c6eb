/** A worker that was frozen between its claim and its call, and comes back after another has taken over. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { claim } from '#features/generations/server/queue/claim.ts';
import { requeue } from '#features/generations/server/run/end-from-outside.ts';
import { createRetryBudget } from '#features/generations/server/run/retry-budget.ts';
import { runGeneration } from '#features/generations/server/run/run-generation.ts';
import { createEventWriter } from '#features/generations/server/stream/event-writer.ts';
import { newId } from '#platform/ids.ts';
import { admin, type Person } from '#test/harness/accounts.ts';
import { QUICK_CLOCK } from '#test/harness/clock.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { send } from '#test/harness/streams.ts';
import { startUpstream } from '#test/upstream/start-upstream.ts';

let parley: TestParley;
let upstream: Awaited<ReturnType<typeof startUpstream>>;
let ada: Person;

beforeAll(async () => {
  // No worker here: the test is the worker.
  parley = await startTestParley({ roles: new Set(['web']) }, {}, QUICK_CLOCK);
  upstream = await startUpstream();
  ada = await admin(parley.url);
});
afterAll(async () => {
  await parley.close();
  await upstream.close();
});

it.each([
  ['does not ask the model when its claim is lost', true],
  ['asks when nobody took it over', false],
])('%s', async (_name, lost) => {
  const { services } = parley;
  const name = lost ? 'lost' : 'kept';
  const endpoint = await addEndpoint(services, {
    name,
    kind: 'openai-compatible',
    baseUrl: upstream.url,
    models: ['normal'],
  });
  const { generation } = await send(ada, 'Hello');
  const before = upstream.requests.length;
  const claimedAt = performance.now() - 20_000;
  const [claimed] = await claim(services.db, endpoint, newId());
  if (lost) await requeue(services.db, generation.id, 'true');
  const writer = createEventWriter(services.db, services.bus, services.log);
  await runGeneration(services, writer, createRetryBudget(), claimed!, claimedAt).done;
  expect(upstream.requests.length - before).toBe(lost ? 0 : 1);
});
