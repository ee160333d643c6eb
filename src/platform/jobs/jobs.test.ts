import { PgBoss } from 'pg-boss';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type Database, inTransaction, openDatabase } from '#platform/database/database.ts';
import { createLocalBus } from '#platform/live-bus/local-bus.ts';
import { createLogger } from '#platform/log.ts';
import { QUICK_CLOCK } from '#test/harness/clock.ts';
import { type Finish, makeDatabase } from '#test/harness/make.ts';
import { startTestParley } from '#test/harness/parley.ts';
import { createJobs, type JobKind, type ScheduledJob, type Worker, work } from './jobs.ts';

const LETTER: JobKind<{ to: string }> = { name: 'letter', input: z.object({ to: z.string() }) };
const STUBBORN: JobKind<{ to: string }> = {
  ...LETTER,
  name: 'stubborn',
  retries: { times: 2, firstSeconds: 1, longestSeconds: 2 },
};
/** Nobody waits here for a start. */
const CLOCK = { ...QUICK_CLOCK, jobStartMs: 1 };
const PATIENCE = { timeout: 20_000, interval: 50 };

/** A database for the test; it goes after it. */
async function ground(finish: Finish): Promise<Database> {
  const database = await makeDatabase(finish);
  return database.db;
}

/** The jobs of one more process; without `workers` and `schedule` it only sends. */
async function process(finish: Finish, db: Database, workers?: Worker[], schedule: ScheduledJob[] = []) {
  const log = createLogger('silent');
  const jobs = createJobs({ db, log, clock: CLOCK, bus: createLocalBus(), works: workers !== undefined });
  finish(() => jobs.stop());
  if (workers) {
    jobs.start(workers, schedule);
    await jobs.started;
  }
  return jobs;
}

const states = async (db: Database, name: string): Promise<string[]> =>
  (
    await db.$client.query<{ state: string }>('SELECT state FROM pgboss.job WHERE name = $1 ORDER BY state', [
      name,
    ])
  ).rows.map(({ state }) => state);
const settled = (db: Database, name: string, expected: string[]) =>
  vi.waitFor(async () => expect(await states(db, name)).toEqual(expected), PATIENCE);

test.concurrent('a job that was sent in a transaction that is rolled back never runs, one that was committed runs once', async ({
  onTestFinished,
}) => {
  const db = await ground(onTestFinished);
  const one = vi.fn(async () => {});
  const two = vi.fn(async () => {});
  await process(onTestFinished, db, [work(LETTER, one)]);
  await process(onTestFinished, db, [work(LETTER, two)]);
  const sender = await process(onTestFinished, db);
  const undone = inTransaction(db, async (client) => {
    await sender.send(client, LETTER, { to: 'nobody' });
    throw new Error('changed my mind');
  });
  await expect(undone).rejects.toThrow('changed my mind');
  await inTransaction(db, (client) => sender.send(client, LETTER, { to: 'ada' }));
  await settled(db, 'letter', ['completed']);
  expect([...one.mock.calls, ...two.mock.calls]).toEqual([[{ to: 'ada' }, expect.any(AbortSignal)]]);
});

test.concurrent('before it is committed a job is not begun', async ({ onTestFinished }) => {
  const db = await ground(onTestFinished);
  const run = vi.fn(async () => {});
  const jobs = await process(onTestFinished, db, [work(LETTER, run)]);
  await inTransaction(db, async (client) => {
    await jobs.send(client, LETTER, { to: 'ada' });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(run).not.toHaveBeenCalled();
  });
  await settled(db, 'letter', ['completed']);
});

test.concurrent('each of many jobs runs once, however many processes work', async ({ onTestFinished }) => {
  const db = await ground(onTestFinished);
  const seen: string[] = [];
  const run = async ({ to }: { to: string }) => void seen.push(to);
  const jobs = await process(onTestFinished, db, [work(LETTER, run)]);
  await process(onTestFinished, db, [work(LETTER, run)]);
  const names = Array.from({ length: 6 }, (_, n) => `person ${n}`);
  for (const to of names) await jobs.send(db.$client, LETTER, { to });
  await settled(
    db,
    'letter',
    names.map(() => 'completed'),
  );
  expect(seen.sort()).toEqual(names);
});

test.concurrent('a job that fails is tried again, as often as its kind says', async ({ onTestFinished }) => {
  const db = await ground(onTestFinished);
  const mended = vi.fn(async () => {
    if (mended.mock.calls.length < 2) throw new Error('not yet');
  });
  const broken = vi.fn(async () => {
    throw new Error('never');
  });
  const jobs = await process(onTestFinished, db, [work(STUBBORN, mended), work(LETTER, broken)]);
  await jobs.send(db.$client, STUBBORN, { to: 'ada' });
  await jobs.send(db.$client, LETTER, { to: 'ada' });
  await settled(db, 'stubborn', ['completed']);
  await settled(db, 'letter', ['failed']);
  expect(mended).toHaveBeenCalledTimes(2);
  expect(broken).toHaveBeenCalledTimes(1);
});

test.concurrent('a job may wait for its time, and of those with one key one waits', async ({
  onTestFinished,
}) => {
  const db = await ground(onTestFinished);
  const run = vi.fn(async () => {});
  const jobs = await process(onTestFinished, db);
  const after = new Date(Date.now() + 2_500);
  await jobs.send(db.$client, LETTER, { to: 'later' }, { after });
  for (let n = 0; n < 3; n++) await jobs.send(db.$client, LETTER, { to: 'once' }, { singletonKey: 'once' });
  expect(await states(db, 'letter')).toEqual(['created', 'created']);
  await process(onTestFinished, db, [work(LETTER, run)]);
  await settled(db, 'letter', ['completed', 'completed']);
  expect(Date.now()).toBeGreaterThanOrEqual(after.getTime());
  expect(run.mock.calls.map(([input]: unknown[]) => input)).toEqual([{ to: 'once' }, { to: 'later' }]);
});

test.concurrent('a process without the worker role works on nothing', async ({ onTestFinished }) => {
  const db = await ground(onTestFinished);
  const run = vi.fn(async () => {});
  const log = createLogger('silent');
  const web = createJobs({ db, log, clock: CLOCK, bus: createLocalBus(), works: false });
  onTestFinished(() => web.stop());
  web.start([work(LETTER, run)], [hourly('tidy', run)]);
  await web.started;
  await web.send(db.$client, LETTER, { to: 'ada' });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(run).not.toHaveBeenCalled();
  expect((await db.$client.query('SELECT FROM pgboss.schedule')).rows).toEqual([]);
});

test.concurrent('what does not fit its kind is refused when it is sent', async ({ onTestFinished }) => {
  const db = await ground(onTestFinished);
  const jobs = await process(onTestFinished, db);
  await expect(jobs.send(db.$client, LETTER, { to: 7 } as never)).rejects.toThrow(/to/);
});

test.concurrent('the job of a worker that died is taken up by another one', async ({ onTestFinished }) => {
  const db = await ground(onTestFinished);
  const jobs = await process(onTestFinished, db);
  await jobs.send(db.$client, STUBBORN, { to: 'ada' });
  const dead = await bossOf(db);
  expect(await dead.fetch('stubborn')).toHaveLength(1);
  await dead.stop({ graceful: false });
  const run = vi.fn(async () => {});
  await process(onTestFinished, db, [work(STUBBORN, run)]);
  await db.$client.query(`UPDATE pgboss.job SET heartbeat_on = now() - interval '11 seconds'`);
  await settled(db, 'stubborn', ['completed']);
  expect(run).toHaveBeenCalledTimes(1);
});

test.concurrent('workers are woken by what is sent, also by another process', async ({ onTestFinished }) => {
  const parley = await startTestParley({ roles: new Set(['worker']) }, {}, QUICK_CLOCK);
  onTestFinished(() => parley.close());
  const { db, log, bus } = parley.services;
  const run = vi.fn(async () => {});
  const jobs = createJobs({ db, log, bus, works: true, clock: { ...CLOCK, jobPollMs: 60_000 } });
  onTestFinished(() => jobs.stop());
  jobs.start([work(LETTER, run)], []);
  await jobs.started;
  await new Promise((resolve) => setTimeout(resolve, 500));
  const elsewhere = openDatabase(parley.database.url, log, 1);
  onTestFinished(() => elsewhere.$client.end());
  const sender = await process(onTestFinished, elsewhere);
  await sender.send(elsewhere.$client, LETTER, { to: 'ada' });
  await vi.waitFor(() => expect(run).toHaveBeenCalledTimes(1), PATIENCE);
});

/** pg-boss itself, to do what a process of ours would not. */
async function bossOf(db: Database): Promise<PgBoss> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => db.$client.query(text, values as unknown[]) },
    schedule: false,
    supervise: false,
  });
  await boss.start();
  return boss;
}

/** Brings about the turn of a scheduled job, as the cron pass does, without waiting for the clock. */
async function turn(db: Database, name: string): Promise<string | null> {
  const boss = await bossOf(db);
  const id = await boss.send(name);
  await boss.stop();
  return id;
}

const hourly = (name: string, run: () => Promise<void>): ScheduledJob => ({ name, cron: '0 * * * *', run });

test.concurrent('scheduled jobs are kept in the schedule and run when their turn comes', async ({
  onTestFinished,
}) => {
  const db = await ground(onTestFinished);
  const run = vi.fn(async () => {});
  await process(onTestFinished, db, [], [hourly('tidy', run)]);
  const { rows } = await db.$client.query('SELECT name, cron FROM pgboss.schedule');
  expect(rows).toEqual([{ name: 'tidy', cron: '0 * * * *' }]);
  expect(run).not.toHaveBeenCalled();
  await turn(db, 'tidy');
  await vi.waitFor(() => expect(run).toHaveBeenCalledTimes(1), PATIENCE);
});

test.concurrent('of two processes one takes a turn', async ({ onTestFinished }) => {
  const db = await ground(onTestFinished);
  const one = vi.fn(async () => {});
  const two = vi.fn(async () => {});
  await process(onTestFinished, db, [], [hourly('tidy', one)]);
  await process(onTestFinished, db, [], [hourly('tidy', two)]);
  for (let turns = 1; turns <= 3; turns++) {
    await turn(db, 'tidy');
    await settled(
      db,
      'tidy',
      Array.from({ length: turns }, () => 'completed'),
    );
    expect(one.mock.calls.length + two.mock.calls.length).toBe(turns);
  }
});

test.concurrent('a scheduled job that fails gets its next turn, and the others are not disturbed', async ({
  onTestFinished,
}) => {
  const db = await ground(onTestFinished);
  const bad = vi.fn(async () => {
    throw new Error('broken');
  });
  const good = vi.fn(async () => {});
  await process(onTestFinished, db, [], [hourly('bad', bad), hourly('good', good)]);
  for (let turns = 1; turns <= 2; turns++) {
    await vi.waitFor(async () => expect(await turn(db, 'bad')).not.toBeNull(), PATIENCE);
    await vi.waitFor(() => expect(bad).toHaveBeenCalledTimes(turns), PATIENCE);
  }
  await turn(db, 'good');
  await vi.waitFor(() => expect(good).toHaveBeenCalledTimes(1), PATIENCE);
});

test.concurrent('stopping before the start, and while a job runs, leaves the database in order', async ({
  onTestFinished,
}) => {
  const db = await ground(onTestFinished);
  const early = await process(onTestFinished, db);
  early.start([], []);
  await early.stop();
  const running = Promise.withResolvers<void>();
  const finished = vi.fn();
  const jobs = await process(onTestFinished, db, [
    work(LETTER, async () => {
      running.resolve();
      await new Promise((resolve) => setTimeout(resolve, 300));
      finished();
    }),
  ]);
  await jobs.send(db.$client, LETTER, { to: 'ada' });
  await running.promise;
  await jobs.stop();
  expect(finished).toHaveBeenCalledTimes(1);
  expect(await states(db, 'letter')).toEqual(['completed']);
});

test.concurrent('a job that takes too long to stop is told so, and tried again by another process', async ({
  onTestFinished,
}) => {
  const db = await ground(onTestFinished);
  const running = Promise.withResolvers<void>();
  const told = Promise.withResolvers<void>();
  const first = await process(onTestFinished, db, [
    work(STUBBORN, (_input, signal) => {
      running.resolve();
      signal.addEventListener('abort', () => told.resolve());
      return new Promise(() => {});
    }),
  ]);
  await first.send(db.$client, STUBBORN, { to: 'ada' });
  await running.promise;
  await first.stop();
  await told.promise;
  const run = vi.fn(async () => {});
  await process(onTestFinished, db, [work(STUBBORN, run)]);
  await settled(db, 'stubborn', ['completed']);
  expect(run).toHaveBeenCalledTimes(1);
});
