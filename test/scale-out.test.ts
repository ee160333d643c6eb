/** Web and worker roles in processes of their own, on one database: real processes, real signals. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { admin, type Person } from './harness/accounts.ts';
import { QUICK_CLOCK } from './harness/clock.ts';
import { createTestDatabase, type TestDatabase } from './harness/database.ts';
import { makeGround, makeKey } from './harness/make.ts';
import { type ParleyProcess, startParleyProcess } from './harness/process.ts';
import { startRedis, type TestRedis, withoutRedis } from './harness/redis.ts';
import { generationOf, replyText } from './harness/stored.ts';
import { eventually, follow, readStream, type StreamEvent, send, streamedText } from './harness/streams.ts';

const SECRET_KEY = 'one secret for every process';
/** Slow enough to be interrupted, and small steps: about 3 s of text. */
const LONG = '/script tokens=200 rate=70';
const NO_REDIS = withoutRedis();

type Fleet = {
  start(ROLES: string): Promise<ParleyProcess>;
  web: ParleyProcess;
  workers: ParleyProcess[];
  person: Person;
  close(): Promise<void>;
};

async function startFleet(
  database: TestDatabase,
  env: Record<string, string> = {},
  workers = 2,
): Promise<Fleet> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-fleet-'));
  const start = (ROLES: string) =>
    startParleyProcess({
      dataDir,
      clock: QUICK_CLOCK,
      env: { DATABASE_URL: database.url.url, SECRET_KEY, ROLES, RATE_LIMITS: 'off', ...env },
    });
  const [web, ...started] = (await Promise.all(
    ['web', ...Array<string>(workers).fill('worker')].map(start),
  )) as [ParleyProcess, ...ParleyProcess[]];
  return {
    start,
    web,
    workers: started,
    person: await admin(web.url),
    async close() {
      await Promise.all([web, ...started].map((process) => process.stop('SIGTERM')));
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function expectWhole(events: StreamEvent[], stored: string): void {
  const logged = events.filter((event) => event.id);
  expect(logged.map((event) => Number(event.id!.split(':')[1]))).toEqual(logged.map((_, index) => index + 1));
  expect(streamedText(events)).toBe(stored);
}

describe.each([
  ['read from the log', false],
  ['over Redis', true],
])('one web and two worker processes, live events %s', (_name, withRedis) => {
  let database: TestDatabase;
  let redis: TestRedis | null = null;
  let fleet: Fleet;
  const it_ = (name: string, test: () => Promise<void>) =>
    it(name, async (context) => {
      if (withRedis && NO_REDIS) context.skip(NO_REDIS);
      await test();
    });

  beforeAll(async () => {
    database = await createTestDatabase();
    if (withRedis && NO_REDIS === '') redis = await startRedis();
    if (!withRedis || redis) fleet = await startFleet(database, redis ? { REDIS_URL: redis.url } : {});
  });
  afterAll(async () => {
    await fleet?.close();
    await redis?.close();
    await database.drop();
  });

  it_('stream a reply from a worker to a reader at the web process, byte for byte', async () => {
    const { person } = fleet;
    const { generation, chat } = await send(person, '/script tokens=80 rate=80');
    const arrivals: number[] = [];
    const response = await follow(person, generation.id, `${generation.id}:0`);
    const events = await readStream(response, () => {
      arrivals.push(performance.now());
      return false;
    });
    expect(events.at(-1)!.data).toMatchObject({ state: 'completed' });
    expectWhole(events, await replyText(person, chat.id));
    // It came while it was written, not all at once at the end.
    expect(arrivals.at(-1)! - arrivals[1]!).toBeGreaterThan(300);
  });

  it_('serve OpenAI’s own client, streaming and at once', async () => {
    const apiKey = await makeKey(fleet.person);
    const client = new OpenAI({ apiKey, baseURL: `${fleet.web.url}/v1`, maxRetries: 0, logLevel: 'off' });
    const ask = {
      model: 'scripted/demo',
      messages: [{ role: 'user' as const, content: '/script tokens=40 rate=200 seed=5' }],
    };
    const whole = await client.chat.completions.create(ask);
    let streamed = '';
    for await (const chunk of await client.chat.completions.create({ ...ask, stream: true }))
      streamed += chunk.choices[0]?.delta.content ?? '';
    expect(streamed.length).toBeGreaterThan(20);
    expect(streamed).toBe(whole.choices[0]!.message.content);
  });

  it_('stop a reply that another process writes', async () => {
    const { person } = fleet;
    const { generation } = await send(person, LONG);
    await eventually(
      () => generationOf(person, generation.id),
      (row) => row.state === 'running',
    );
    const started = performance.now();
    const answer = await person.fetch(`/api/v1/generations/${generation.id}/cancel`, { method: 'POST' });
    expect(await answer.json()).toMatchObject({ state: 'cancelled' });
    expect(performance.now() - started).toBeLessThan(1500);
  });

  it_('run no more at once than there are slots, and everything once', async () => {
    const { person } = fleet;
    const sent = await Promise.all(
      Array.from({ length: 24 }, () => send(person, '/script tokens=5 rate=100')),
    );
    const most = { running: 0 };
    await eventually(
      async () => {
        const { rows } = await database.db.$client.query<{ running: number; left: number }>(
          `SELECT count(*) FILTER (WHERE state = 'running')::int AS running, count(*)::int AS left
           FROM generations WHERE state IN ('queued', 'running')`,
        );
        most.running = Math.max(most.running, rows[0]!.running);
        return rows[0]!.left;
      },
      (left) => left === 0,
      30_000,
    );
    expect(most.running).toBeLessThanOrEqual(4);
    const { rows } = await database.db.$client.query(
      `SELECT FROM generations WHERE id = ANY ($1::uuid[]) AND state = 'completed' AND epoch = 1`,
      [sent.map(({ generation }) => generation.id)],
    );
    expect(rows).toHaveLength(24);
  });

  it_(
    'take over from a worker that is killed: text kept and marked, or started over before any text',
    async () => {
      const { person, workers } = fleet;
      const { generation, chat } = await send(person, LONG);
      const reading = readStream(await follow(person, generation.id, `${generation.id}:0`));
      await eventually(
        () => storedSeq(database, generation.id),
        (seq) => seq > 3,
      );
      const { rows } = await database.db.$client.query<{ worker: string }>(
        'SELECT worker_id AS worker FROM generations WHERE id = $1',
        [generation.id],
      );
      expect(rows[0]!.worker).toBeTruthy();
      // Which process that is only PostgreSQL knows; both go, one comes back.
      await Promise.all(workers.map((worker) => worker.kill()));
      const killedAt = performance.now();
      const replacement = await fleet.start('worker');
      fleet.workers.splice(0, workers.length, replacement);
      const events = await reading;
      expect(performance.now() - killedAt).toBeLessThan(15_000);
      expect(events.at(-1)).toMatchObject({
        type: 'error',
        data: { state: 'interrupted', code: 'worker_lost' },
      });
      expectWhole(events, await replyText(person, chat.id));
      expect(streamedText(events).length).toBeGreaterThan(0);
      const retried = await person.fetch(`/api/v1/generations/${generation.id}/retry`, { method: 'POST' });
      expect(retried.status).toBe(202);
      const made = (await retried.json()) as { generation: { id: string } };
      await person.fetch(`/api/v1/generations/${made.generation.id}/cancel`, { method: 'POST' });
    },
  );

  if (!withRedis) return;
  it_('carry tokens over Redis, not by reading', async () => {
    expect(await carriedOver(redis!, fleet.person)).toBeGreaterThan(5);
  });

  it_('go on over the database when Redis dies mid-stream, and return to it', async () => {
    const { person } = fleet;
    const { generation, chat } = await send(person, LONG);
    const reading = readStream(await follow(person, generation.id, `${generation.id}:0`));
    const grownTo = (least: number) =>
      eventually(
        () => storedSeq(database, generation.id),
        (seq) => seq > least,
      );
    await grownTo(3);
    // One that we were given is not ours to kill; then this only streams.
    await redis!.kill?.();
    await grownTo((await storedSeq(database, generation.id)) + 10);
    await redis!.restart?.();
    const events = await reading;
    expect(events.at(-1)!.data).toMatchObject({ state: 'completed' });
    expectWhole(events, await replyText(person, chat.id));
    await eventually(
      () => carriedOver(redis!, person),
      (carried) => carried > 5,
    );
  });
});

describe('a worker process alone', () => {
  it('says that it is ready without an address', async () => {
    const { dataDir, database } = await makeGround(onTestFinished);
    const worker = await startParleyProcess({
      dataDir,
      env: { DATABASE_URL: database.url.url, SECRET_KEY, ROLES: 'worker' },
    });
    onTestFinished(() => worker.kill());
    expect(worker.url).toBe('');
    expect(worker.output().stdout).toContain('Parley worker is ready');
    expect((await worker.stop('SIGTERM')).code).toBe(0);
  });
});

/** How many messages Redis carries while a reply is written and read. */
async function carriedOver(redis: TestRedis, person: Person): Promise<number> {
  const spy = new Redis(redis.url);
  let carried = 0;
  spy.on('pmessage', () => {
    carried += 1;
  });
  await spy.psubscribe('parley:generation:*');
  const { generation } = await send(person, '/script tokens=40 rate=100');
  await readStream(await follow(person, generation.id, `${generation.id}:0`));
  spy.disconnect();
  return carried;
}

async function storedSeq(database: TestDatabase, generationId: string): Promise<number> {
  const { rows } = await database.db.$client.query(
    'SELECT coalesce(max(last_seq), 0) AS last FROM generation_events WHERE generation_id = $1',
    [generationId],
  );
  return rows[0].last;
}
