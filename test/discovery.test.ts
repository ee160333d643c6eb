import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Config } from '#config';
import { discoverEndpoints, providerFor, resolveModel, setHealth } from '#features/endpoints/server/index.ts';
import { checkDueEndpoints } from '#features/endpoints/server/keep-health.ts';
import { say } from '#features/endpoints/server/say.ts';
import { openBlobStore } from '#platform/blobs/open-blob-store.ts';
import { REAL_CLOCK } from '#platform/clock.ts';
import { newIdentity } from '#platform/identity.ts';
import { createJobs } from '#platform/jobs/jobs.ts';
import { createLocalBus } from '#platform/live-bus/local-bus.ts';
import { createLogger } from '#platform/log.ts';
import { createSecretBox } from '#platform/secrets.ts';
import type { Services } from '#platform/services.ts';
import { createTestDatabase, type TestDatabase } from '#test/harness/database.ts';
import { makeFolder } from '#test/harness/make.ts';
import { startTestParley, testConfig } from '#test/harness/parley.ts';
import { startParleyProcess } from '#test/harness/process.ts';
import { startUpstream, type Upstream } from '#test/upstream/start-upstream.ts';

let upstream: Upstream;
let database: TestDatabase;
beforeAll(async () => {
  upstream = await startUpstream({ models: ['text-embedding-small', 'first', 'second'] });
});
afterAll(() => upstream.close());
beforeEach(async () => {
  upstream.setKey(null);
  database = await createTestDatabase();
  return () => database.drop();
});

/** What a start has at hand, on this test's database. */
const servicesWith = (providers: Config['providers'], more: Partial<Config> = {}): Services => {
  const ground = {
    clock: REAL_CLOCK,
    log: createLogger('silent'),
    db: database.db,
    bus: createLocalBus(),
  };
  return {
    ...ground,
    config: testConfig({ providers, ...more }),
    reports: database.db,
    jobs: createJobs({ ...ground, works: false }),
    secrets: createSecretBox('the secret of this test'),
    blobs: openBlobStore(testConfig()),
    identity: newIdentity(),
  };
};
const NONE = { anthropic: {}, openai: {} };
const openai = (apiKey?: string) => ({ anthropic: {}, openai: { apiKey, baseUrl: upstream.url } });
const listed = async () =>
  (
    await database.db.$client.query<{
      name: string;
      kind: string;
      source: string;
      slots: number;
      health: string;
    }>('SELECT name, kind, source, slots, health FROM endpoints ORDER BY name')
  ).rows;
const defaultModel = async () => (await resolveModel(database.db, undefined))?.modelId;

test('with nothing around there is the scripted model, and its demo is the default', async () => {
  await discoverEndpoints(servicesWith(NONE));
  expect(await listed()).toEqual([
    { name: 'scripted', kind: 'scripted', source: 'built-in', slots: 4, health: 'up' },
  ]);
  expect(await defaultModel()).toBe('scripted/demo');
});

test('keys and addresses in the environment make endpoints, whose first chat model is the default', async () => {
  const providers = {
    anthropic: { apiKey: 'sk-a', baseUrl: upstream.url.replace(/\/v1$/, '') },
    openai: { baseUrl: upstream.url },
  };
  await discoverEndpoints(servicesWith(providers));
  expect((await listed()).map(({ name, kind, source, health }) => [name, kind, source, health])).toEqual([
    ['anthropic', 'anthropic', 'environment', 'up'],
    ['openai', 'openai-compatible', 'environment', 'up'],
    ['scripted', 'scripted', 'built-in', 'up'],
  ]);
  expect(await defaultModel()).toBe('anthropic/first');
});

test('a key that is added later makes its endpoint then, and one that is changed replaces the old one', async () => {
  await discoverEndpoints(servicesWith(NONE));
  for (const key of ['sk-one', 'sk-two']) {
    upstream.setKey(key);
    const services = servicesWith(openai(key));
    await discoverEndpoints(services);
    await discoverEndpoints(services);
    expect((await listed()).map(({ name, health }) => [name, health])).toEqual([
      ['openai', 'up'],
      ['scripted', 'up'],
    ]);
  }
});

test('two processes that start together make each endpoint once', async () => {
  const places = [{ name: 'lm-studio', port: upstream.port }];
  const starts = Array.from({ length: 4 }, () => servicesWith(openai('sk'), { discoverLocal: true }));
  await Promise.all(starts.map((services) => discoverEndpoints(services, places)));
  // The local server is the one the environment names already.
  expect((await listed()).map(({ name }) => name)).toEqual(['openai', 'scripted']);
});

test('local servers that answer are offered, with their models, and those deleted do not come back', async () => {
  const places = [
    { name: 'lm-studio', port: upstream.port },
    { name: 'ollama', port: 1 },
  ];
  const services = servicesWith(NONE, { discoverLocal: true });
  await discoverEndpoints(services, places);
  expect((await listed()).map(({ name, source, slots }) => [name, source, slots])).toEqual([
    ['lm-studio', 'discovered', 1],
    ['scripted', 'built-in', 4],
  ]);
  expect(await defaultModel()).toBe('lm-studio/first');
  await database.db.$client.query(`DELETE FROM endpoints WHERE name = 'lm-studio'`);
  await discoverEndpoints(services, places);
  expect((await listed()).map(({ name }) => name)).toEqual(['scripted']);
});

test('nothing is looked for on this machine when that is switched off', async () => {
  const before = upstream.modelListReads();
  await discoverEndpoints(servicesWith(NONE), [{ name: 'lm-studio', port: upstream.port }]);
  expect(upstream.modelListReads()).toBe(before);
});

test('a server that hangs does not hold up the start', async () => {
  const startedAt = performance.now();
  const services = servicesWith({ anthropic: {}, openai: { baseUrl: 'http://10.255.255.1/v1' } });
  await discoverEndpoints(services);
  expect(performance.now() - startedAt).toBeLessThan(3_000);
  expect(await defaultModel()).toBe('scripted/demo');
});

test('health follows the endpoint: down and up again, each check made by one process', async () => {
  const services = servicesWith(openai());
  await discoverEndpoints(services);
  const { $client } = database.db;
  const overdue = () => $client.query(`UPDATE endpoints SET checked_at = now() - interval '1 hour'`);
  const health = async () => (await listed()).find(({ name }) => name === 'openai')?.health;

  upstream.setModelListStatus(500);
  onTestFinished(() => upstream.setModelListStatus(200));
  await overdue();
  const before = upstream.modelListReads();
  await Promise.all([services, servicesWith(openai())].map((each) => checkDueEndpoints(each)));
  expect(upstream.modelListReads()).toBe(before + 1);
  expect(await health()).toBe('down');
  expect(await resolveModel(database.db, 'openai/first')).toMatchObject({ modelName: 'first' });

  upstream.setModelListStatus(200);
  await checkDueEndpoints(services);
  expect(await health()).toBe('down');
  await overdue();
  await checkDueEndpoints(services);
  expect(await health()).toBe('up');
});

test('the time of a state moves with the state, not with the words for it', async () => {
  const services = servicesWith(openai());
  await discoverEndpoints(services);
  const { $client } = database.db;
  const read = async () =>
    // In microseconds: two changes may share a millisecond.
    (
      await $client.query<{ id: string; at: number }>(
        `SELECT id, extract(epoch FROM health_since)::float8 AS at FROM endpoints WHERE name = 'openai'`,
      )
    ).rows[0]!;
  const { id } = await read();
  await setHealth(services, id, 'down', say('endpoint_loads'));
  const since = (await read()).at;
  await setHealth(services, id, 'down', say('endpoint_deleted'));
  expect((await read()).at).toEqual(since);
  await setHealth(services, id, 'up', null);
  expect((await read()).at).toBeGreaterThan(since);
});

test('a model’s name may have slashes; unknown models and endpoints resolve to nothing', async () => {
  upstream.setModels(['meta/llama/3:8b']);
  onTestFinished(() => upstream.setModels(['text-embedding-small', 'first', 'second']));
  await discoverEndpoints(servicesWith(openai()));
  expect(await resolveModel(database.db, 'openai/meta/llama/3:8b')).toMatchObject({
    endpointName: 'openai',
    modelName: 'meta/llama/3:8b',
    modelId: 'openai/meta/llama/3:8b',
    contextWindow: 32_768,
  });
  for (const unknown of ['openai/nothing', 'nothing/first', 'openai', '/first', '', 'openai/'])
    expect(await resolveModel(database.db, unknown), unknown).toBeNull();
});

test('the provider of an endpoint follows its row: timeouts merged, a changed key used, a lost secret told', async () => {
  const services = servicesWith(openai('sk-old'));
  upstream.setKey('sk-old');
  await discoverEndpoints(services);
  const { endpointId } = (await resolveModel(database.db, 'openai/first'))!;
  const served = await providerFor(services, endpointId);
  expect(served?.endpoint).toMatchObject({ name: 'openai', timeouts: { idleMs: 120_000 } });
  expect(await providerFor(services, endpointId)).toBe(served);
  expect(await served!.provider.listModels(AbortSignal.timeout(5_000))).toMatchObject({ ok: true });

  const other = { ...services, bus: createLocalBus(), secrets: createSecretBox('another secret altogether') };
  const failing = (await providerFor(other, endpointId))!.provider;
  expect(await failing.listModels(AbortSignal.timeout(5_000))).toMatchObject({
    ok: false,
    failure: { code: 'endpoint_auth', sentence: { reason: 'endpoint_key_unreadable' } },
  });
  expect(await providerFor(services, '00000000-0000-7000-8000-000000000000')).toBeNull();
});

test('a key is nowhere in the log of a process, however much it logs and however its server echoes it', async () => {
  const canary = 'sk-canary-77aa41';
  upstream.setKey('another one');
  const dataDir = await makeFolder(onTestFinished);
  const parley = await startParleyProcess({
    dataDir,
    env: {
      DATABASE_URL: database.url.url,
      OPENAI_API_KEY: canary,
      OPENAI_BASE_URL: upstream.url,
      LOG_LEVEL: 'trace',
    },
  });
  try {
    expect((await listed()).find(({ name }) => name === 'openai')?.health).toBe('down');
  } finally {
    await parley.stop('SIGTERM');
  }
  const { stdout, stderr } = parley.output();
  expect(stdout + stderr).toContain('Parley');
  expect(stdout + stderr).not.toContain(canary);
  const { rows } = await database.db.$client.query('SELECT * FROM endpoints');
  expect(JSON.stringify(rows)).not.toContain(canary);
});

test('a start discovers before it serves', async () => {
  const parley = await startTestParley({ providers: openai() }, { database });
  onTestFinished(() => parley.close());
  expect(await defaultModel()).toBe('openai/first');
});
