/** Workers that freeze, go and come back, with web and workers as processes of their own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, type Person } from './harness/accounts.ts';
import { QUICK_CLOCK } from './harness/clock.ts';
import { createTestDatabase, type TestDatabase } from './harness/database.ts';
import { freePort } from './harness/free-port.ts';
import { type ParleyProcess, startParleyProcess } from './harness/process.ts';
import {
  eventually,
  follow,
  readStream,
  type SentMessage,
  type StreamEvent,
  send,
  streamedText,
} from './harness/streams.ts';
import { addUpstream, liftLimits } from './harness/upstream-endpoint.ts';
import { startUpstream, type Upstream } from './upstream/start-upstream.ts';

/** Longer than a lease. */
const PAST_LEASE_MS = QUICK_CLOCK.leaseMs + 2_000;
const STREAMS = 30;

let database: TestDatabase;
let dataDir: string;
let port: number;
let upstream: Upstream;
let web: ParleyProcess;
let ada: Person;
const workers: ParleyProcess[] = [];

const start = (role: 'web' | 'worker') =>
  startParleyProcess({
    dataDir,
    clock: QUICK_CLOCK,
    env: {
      DATABASE_URL: database.url.url,
      ROLES: role,
      RATE_LIMITS: 'off',
      ...(role === 'web' && { PORT: String(port) }),
    },
  });

beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'parley-workers-'));
  port = await freePort();
  upstream = await startUpstream();
  const started = await Promise.all([start('web'), start('worker'), start('worker')]);
  web = started[0];
  workers.push(...started.slice(1));
  ada = await admin(web.url);
  await addUpstream(ada, upstream, { slots: STREAMS });
  await liftLimits(ada);
});
afterAll(async () => {
  for (const one of workers) process.kill(one.pid, 'SIGCONT');
  await Promise.all([web, ...workers].map((one) => one?.stop()));
  await upstream?.close();
  await database?.drop();
  await rm(dataDir, { recursive: true, force: true });
});

type Row = { state: string; epoch: number; worker_id: string | null; text: string | null };
const rowOf = async (id: string): Promise<Row> => {
  const { rows } = await database.db.$client.query<Row>(
    `SELECT g.state, g.epoch, g.worker_id, m.content->0->>'text' AS text
     FROM generations g LEFT JOIN messages m ON m.id = g.message_id WHERE g.id = $1`,
    [id],
  );
  return rows[0]!;
};
const sendTo = (behaviour: object): Promise<SentMessage> =>
  send(ada, `Go on\n/upstream ${JSON.stringify(behaviour)}`, { modelId: 'upstream/normal' });
const logged = async (id: string): Promise<number> => {
  const { rows } = await database.db.$client.query<{ last: number | null }>(
    'SELECT max(last_seq) AS last FROM generation_events WHERE generation_id = $1',
    [id],
  );
  return rows[0]!.last ?? 0;
};

/** Freezes the worker that runs a generation: the one without which its log does not grow. */
async function freezeRunnerOf(id: string): Promise<ParleyProcess> {
  for (const worker of workers) {
    process.kill(worker.pid, 'SIGSTOP');
    const before = await logged(id);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    if ((await logged(id)) === before) return worker;
    process.kill(worker.pid, 'SIGCONT');
  }
  throw new Error('nobody runs it');
}

describe('a worker', () => {
  it('frozen past its lease is taken over, and what it writes afterwards is refused', {
    timeout: 120_000,
  }, async () => {
    const { generation } = await sendTo({ tokens: 2000, rate: 30 });
    const events = readStream(await follow(ada, generation.id, `${generation.id}:0`));
    await eventually(
      () => logged(generation.id),
      (last) => last > 3,
      30_000,
    );
    const frozen = await freezeRunnerOf(generation.id);
    await eventually(
      () => rowOf(generation.id),
      (row) => row.state === 'interrupted',
      PAST_LEASE_MS + 20_000,
    );
    const ended = await rowOf(generation.id);
    const last = await logged(generation.id);
    const told = await events;
    expect(told.at(-1)).toMatchObject({ type: 'error', data: { state: 'interrupted', code: 'worker_lost' } });
    expect(streamedText(told)).toBe(ended.text);

    process.kill(frozen.pid, 'SIGCONT');
    // It lets go: its call to the upstream ends, and it takes new work.
    await eventually(
      async () => upstream.requests.filter((call) => call.closedAt === null).length,
      (open) => open === 0,
      20_000,
    );
    expect(await rowOf(generation.id)).toEqual(ended);
    expect(await logged(generation.id)).toBe(last);
    const next = await Promise.all(Array.from({ length: 6 }, () => sendTo({ tokens: 5, rate: 0 })));
    for (const one of next)
      await eventually(
        () => rowOf(one.generation.id),
        (row) => row.state === 'completed',
        30_000,
      );
  });

  it('whose event loop stands still for two seconds loses no lease and no text', {
    timeout: 60_000,
  }, async () => {
    // Some of it comes before, some after.
    const { generation } = await sendTo({ tokens: 120, rate: 45 });
    const events = readStream(await follow(ada, generation.id, `${generation.id}:0`));
    await eventually(
      () => logged(generation.id),
      (last) => last > 3,
      30_000,
    );
    const { epoch } = await rowOf(generation.id);
    for (const worker of workers) process.kill(worker.pid, 'SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 2000));
    for (const worker of workers) process.kill(worker.pid, 'SIGCONT');
    expect((await events).at(-1)).toMatchObject({ type: 'message_end', data: { state: 'completed' } });
    expect(streamedText(await events)).toBe(Array.from({ length: 120 }, (_, at) => `w${at} `).join(''));
    expect((await rowOf(generation.id)).epoch).toBe(epoch);
  });
});

describe('a rolling restart', () => {
  it(`under ${STREAMS} streams ends or hands over each of them, and readers rejoin`, {
    timeout: 180_000,
  }, async () => {
    const sent: SentMessage[] = [];
    for (let n = 0; n < STREAMS; n++) sent.push(await sendTo({ tokens: 60, rate: 30 }));
    const readings = sent.map((one) => readAcrossRestarts(one.generation.id));
    for (let n = 0; n < workers.length; n++) {
      const { code } = await workers[n]!.stop();
      expect(code).toBe(0);
      workers[n] = await start('worker');
    }
    expect((await web.stop()).code).toBe(0);
    web = await start('web');
    for (const [n, events] of (await Promise.all(readings)).entries()) {
      const { id } = sent[n]!.generation;
      const seqs = events.map((event) => Number(event.id!.split(':')[1]));
      expect(seqs).toEqual(seqs.map((_, index) => index + 1));
      const row = await rowOf(id);
      expect(streamedText(events)).toBe(row.text);
      // What a draining worker had no time to end is marked and kept, never lost.
      expect(['completed', 'interrupted']).toContain(row.state);
    }
    const { rows } = await database.db.$client.query(`SELECT FROM generations WHERE state = 'completed'`);
    expect(rows.length).toBeGreaterThan(STREAMS / 2);
  });
});

/** Reads a generation to its end as a client does: cut off, it comes back with the last number it has. */
async function readAcrossRestarts(id: string): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  const last = () => events.at(-1)?.id ?? `${id}:0`;
  const ended = () => ['message_end', 'error'].includes(events.at(-1)?.type ?? '');
  for (const deadline = performance.now() + 90_000; !ended() && performance.now() < deadline; ) {
    try {
      const response = await follow(ada, id, last());
      if (response.ok)
        await readStream(response, (event) => {
          if (event.id) events.push(event);
          return false;
        });
    } catch {
      // The server is away for a moment.
    }
    if (!ended()) await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 300));
  }
  return events;
}
