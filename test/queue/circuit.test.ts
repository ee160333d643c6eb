/** Faults of an endpoint: told apart in words, asked again with restraint, and left in peace while it is down. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkDueEndpoints } from '#features/endpoints/server/keep-health.ts';
import { createRetryBudget } from '#features/generations/server/run/retry-budget.ts';
import { admin, type Person } from '#test/harness/accounts.ts';
import { QUICK_CLOCK } from '#test/harness/clock.ts';
import { type Finish, makeQuiet } from '#test/harness/make.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually, follow, readStream, send } from '#test/harness/streams.ts';
import { startUpstream } from '#test/upstream/start-upstream.ts';
import { addUpstream, ask, endpointRow, show, shownWhen } from './people.ts';

let parley: TestParley;
let boss: Person;
let count = 0;
beforeAll(async () => {
  parley = await startTestParley({}, {}, QUICK_CLOCK);
  boss = await admin(parley.url);
  await boss.fetch(`/api/v1/admin/users/${boss.userId}`, { method: 'PATCH', json: { maxConcurrent: 100 } });
});
afterAll(async () => {
  await makeQuiet(parley);
  await parley.close();
});

/** A model server of the test's own, and how endpoints in front of it are added. Tests run beside each other: most of them wait. */
async function open(finish: Finish) {
  const upstream = await startUpstream();
  finish(() => upstream.close());
  const add = async (given: Parameters<typeof addUpstream>[2] = {}) => {
    const name = `up-${count++}`;
    const id = await addUpstream(parley, upstream, { name, ...given });
    // Its list would be read at the next tick, and say that it is up, whatever its model does.
    await parley.services.db.$client.query('UPDATE endpoints SET checked_at = now() WHERE id = $1', [id]);
    return { name, model: `${name}/normal`, id };
  };
  return { upstream, add };
}

describe.concurrent('what goes wrong at an endpoint', () => {
  it('is told apart, in words of its own, and asked again only where that can help', async ({
    onTestFinished,
  }) => {
    const { upstream, add } = await open(onTestFinished);
    const closed = await startUpstream();
    await closed.close();
    const { port } = upstream;
    const cases = [
      { what: 'refused', baseUrl: closed.url, code: 'endpoint_unreachable' },
      { what: 'dns', baseUrl: 'http://no-such-host.invalid/v1', code: 'endpoint_unreachable' },
      { what: 'tls', baseUrl: `https://127.0.0.1:${port}/v1`, code: 'endpoint_unreachable' },
      { what: '401', behaviour: { status: 401 }, code: 'endpoint_auth', calls: 1 },
      { what: '404', behaviour: { status: 404 }, code: 'model_missing', calls: 1 },
      { what: '429', behaviour: { status: 429 }, code: 'endpoint_rate_limited', calls: 3 },
      { what: '500', behaviour: { status: 500 }, code: 'endpoint_error', calls: 3 },
      { what: '529', behaviour: { status: 529 }, code: 'endpoint_error', calls: 3 },
    ];
    upstream.behave((request) => cases.find(({ what }) => request.prompt === what)?.behaviour ?? {});
    const models: string[] = [];
    for (const { baseUrl } of cases) models.push((await add(baseUrl ? { baseUrl } : {})).model);
    const shown = await Promise.all(cases.map(({ what }, at) => ask(boss, what, models[at]!)));
    expect(shown.map(({ state }) => state)).toEqual(cases.map(() => 'failed'));
    expect(shown.map(({ error }) => error!.code)).toEqual(cases.map(({ code }) => code));
    expect(new Set(shown.map(({ error }) => error!.detail)).size).toBe(cases.length);
    for (const { what, calls } of cases)
      if (calls)
        expect(
          upstream.requests.filter(({ prompt }) => prompt === what),
          what,
        ).toHaveLength(calls);
  });

  it('is asked again no sooner than it says', async ({ onTestFinished }) => {
    const { upstream, add } = await open(onTestFinished);
    const { model } = await add();
    let asked = 0;
    upstream.behave(() => (asked++ === 0 ? { status: 429, retryAfter: '1' } : {}));
    expect(await ask(boss, 'hi', model)).toMatchObject({ state: 'completed' });
    const [first, second] = upstream.requests;
    expect(second!.startedAt - first!.startedAt).toBeGreaterThanOrEqual(990);
  });

  it('is never asked again once something was written', async ({ onTestFinished }) => {
    const { upstream, add } = await open(onTestFinished);
    const { model } = await add();
    upstream.behave({ reset: 'mid' });
    expect(await ask(boss, 'hi', model)).toMatchObject({ state: 'failed', error: { code: 'bad_stream' } });
    expect(upstream.requests).toHaveLength(1);
  });

  it('is asked again by a share of the calls only, however many fail', () => {
    const budget = createRetryBudget();
    let retries = 0;
    for (let call = 0; call < 200; call++) {
      budget.called('dying');
      for (let attempt = 0; attempt < 2; attempt++) if (budget.mayRetry('dying')) retries += 1;
    }
    expect(retries).toBeLessThanOrEqual(10 + 200 * 0.2);
    expect(retries).toBeGreaterThan(40);
    expect(budget.mayRetry('healthy')).toBe(true);
  });
});

describe.concurrent('an endpoint that keeps failing', () => {
  const fail = async (model: string, times: number) => {
    for (let n = 0; n < times; n++) expect(await ask(boss, 'fail', model)).toMatchObject({ state: 'failed' });
  };

  it('is left in peace, while those who wait are told since when, and go on when it is back', async ({
    onTestFinished,
  }) => {
    const { upstream, add } = await open(onTestFinished);
    const { id, model } = await add({ slots: 4 });
    upstream.behave({ status: 500 });
    upstream.setModelListStatus(500);
    const before = Date.now();
    await fail(model, 5);
    expect(await endpointRow(parley, id)).toMatchObject({ health: 'down', failures: 5 });
    const calls = upstream.requests.length;
    const sent = await Promise.all([1, 2, 3].map(() => send(boss, 'wait', { modelId: model })));
    const [update] = await readStream(
      await follow(boss, sent[0]!.generation.id),
      (event) => event.type === 'queue_update',
    );
    expect(update!.data).toMatchObject({ stage: 'endpoint_down', etaSeconds: null });
    expect(Date.parse(String(update!.data.since))).toBeGreaterThanOrEqual(before - 1000);
    expect(Date.parse(String(update!.data.since))).toBeLessThanOrEqual(Date.now() + 1000);
    // It is probed by its model list, and no message is the trial.
    await eventually(
      () => endpointRow(parley, id),
      ({ failures }) => failures >= 6,
      20_000,
    );
    expect(upstream.modelListReads()).toBeGreaterThan(0);
    expect(upstream.requests).toHaveLength(calls);
    for (const { generation } of sent)
      expect(await show(boss, generation.id)).toMatchObject({ state: 'queued' });
    upstream.behave({});
    upstream.setModelListStatus(200);
    for (const { generation } of sent)
      expect(await shownWhen(boss, generation.id)).toMatchObject({ state: 'completed' });
    expect(await endpointRow(parley, id)).toMatchObject({ health: 'up', failures: 0, retry_at: null });
  });

  it('whose model list answers is tried by one message at a time, not by all that wait', async ({
    onTestFinished,
  }) => {
    const { upstream, add } = await open(onTestFinished);
    const { id, model } = await add({ slots: 4 });
    upstream.behave({ status: 500 });
    await fail(model, 5);
    const calls = upstream.requests.length;
    const sent = await Promise.all(Array.from({ length: 6 }, () => send(boss, 'wait', { modelId: model })));
    const failed = async () => {
      const shown = await Promise.all(sent.map(({ generation }) => show(boss, generation.id)));
      return shown.filter(({ state }) => state === 'failed').length;
    };
    await eventually(failed, (trials) => trials > 0, 20_000);
    // A trial, without retries; the others still wait, and longer than before. On a slow machine a second one came.
    expect(upstream.requests.length - calls).toBeLessThanOrEqual(2);
    expect((await endpointRow(parley, id)).failures).toBeGreaterThanOrEqual(6);
    upstream.behave({});
    const ends = await Promise.all(sent.map(({ generation }) => shownWhen(boss, generation.id)));
    expect(ends.filter(({ state }) => state === 'completed').length).toBeGreaterThanOrEqual(4);
  });

  it('is not called healthy by the look at its model list before its time, nor is that look doubled', async ({
    onTestFinished,
  }) => {
    const { upstream, add } = await open(onTestFinished);
    const { id, model } = await add();
    upstream.behave({ status: 500 });
    await fail(model, 5);
    await parley.services.db.$client.query(
      `UPDATE endpoints SET retry_at = now() + interval '1 hour', checked_at = NULL WHERE id = $1`,
      [id],
    );
    const reads = upstream.modelListReads();
    await checkDueEndpoints(parley.services);
    expect(upstream.modelListReads()).toBe(reads);
    expect(await endpointRow(parley, id)).toMatchObject({ health: 'down', failures: 5 });
    // An admin who has mended it need not wait.
    upstream.behave({});
    const { generation } = await send(boss, 'wait', { modelId: model });
    expect((await boss.fetch(`/api/v1/admin/endpoints/${id}/resume`, { method: 'POST' })).status).toBe(200);
    expect(await shownWhen(boss, generation.id)).toMatchObject({ state: 'completed' });
  });

  it('but has no model list is tried by a message all the same', async ({ onTestFinished }) => {
    const { upstream, add } = await open(onTestFinished);
    const { id, model } = await add();
    upstream.behave({ status: 500 });
    upstream.setModelListStatus(404);
    await fail(model, 5);
    upstream.behave({});
    expect(await ask(boss, 'trial', model)).toMatchObject({ state: 'completed' });
    expect(await endpointRow(parley, id)).toMatchObject({ failures: 0, retry_at: null });
  });

  it('for reasons that are not the server’s is not closed off', async ({ onTestFinished }) => {
    const { upstream, add } = await open(onTestFinished);
    const { id, model } = await add();
    upstream.behave({ status: 401 });
    await fail(model, 6);
    upstream.behave({ status: 404 });
    await fail(model, 2);
    expect(await endpointRow(parley, id)).toMatchObject({ failures: 0, retry_at: null });
  });

  it('but works in between is not closed off: only failures in a row count', async ({ onTestFinished }) => {
    const { upstream, add } = await open(onTestFinished);
    const { id, model } = await add();
    for (let round = 0; round < 2; round++) {
      upstream.behave({ status: 500 });
      await fail(model, 4);
      upstream.behave({});
      expect(await ask(boss, 'fine', model)).toMatchObject({ state: 'completed' });
    }
    await eventually(
      () => endpointRow(parley, id),
      ({ failures, retry_at }) => failures === 0 && retry_at === null,
    );
  });

  it('does not keep anybody longer than the queue’s timeout', async ({ onTestFinished }) => {
    const { upstream, add } = await open(onTestFinished);
    const { model } = await add({ timeouts: { queueMs: 1500 } });
    upstream.behave({ status: 500 });
    upstream.setModelListStatus(500);
    await fail(model, 5);
    expect(await ask(boss, 'wait', model)).toMatchObject({
      state: 'timed_out',
      startedAt: null,
      error: { code: 'timeout_queue' },
    });
  });
});

describe.concurrent('an endpoint that loads its model', () => {
  it('says so to who runs and to who waits, and others run meanwhile', async ({ onTestFinished }) => {
    const { upstream, add } = await open(onTestFinished);
    const loading = await add({ slots: 1 });
    const other = await add();
    upstream.behave((request) => (request.prompt === 'load' ? { loadingMs: 2000 } : {}));
    const { generation } = await send(boss, 'load', { modelId: loading.model });
    const stages = readStream(await follow(boss, generation.id));
    await eventually(
      () => endpointRow(parley, loading.id),
      ({ health }) => health === 'loading',
    );
    const { generation: behind } = await send(boss, 'behind', { modelId: loading.model });
    const [told] = await readStream(await follow(boss, behind.id), (event) => event.type === 'queue_update');
    expect(told!.data).toMatchObject({ stage: 'loading_model', position: 0 });
    expect(await ask(boss, 'meanwhile', other.model)).toMatchObject({ state: 'completed' });
    expect(await show(boss, generation.id)).toMatchObject({ state: 'running' });
    const seen = (await stages)
      .filter((event) => event.type === 'queue_update')
      .map((event) => event.data.stage);
    expect(seen).toContain('loading_model');
    expect(await shownWhen(boss, generation.id)).toMatchObject({ state: 'completed' });
    expect(await shownWhen(boss, behind.id)).toMatchObject({ state: 'completed' });
    await eventually(
      () => endpointRow(parley, loading.id),
      ({ health, failures }) => health === 'up' && failures === 0,
    );
  });
});
