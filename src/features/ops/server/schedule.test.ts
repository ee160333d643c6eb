import { PgBoss } from 'pg-boss';
import { expect, onTestFinished, test, vi } from 'vitest';
import { REAL_CLOCK } from '#platform/clock.ts';
import { createLocalBus } from '#platform/live-bus/local-bus.ts';
import { createLogger } from '#platform/log.ts';
import { createSecretBox } from '#platform/secrets.ts';
import type { Services } from '#platform/services.ts';
import { createTestDatabase } from '#test/harness/database.ts';
import { testConfig } from '#test/harness/parley.ts';
import { type ScheduledJob, startSchedule } from './schedule.ts';

const AT_ONCE = { delayMs: 0, pollSeconds: 0.5 };

/** What a process needs to schedule; the database goes after the test. */
async function ground(): Promise<Services> {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  return {
    config: testConfig(),
    clock: REAL_CLOCK,
    log: createLogger('silent'),
    db: database.db,
    bus: createLocalBus(),
    secrets: createSecretBox('only for tests, not secret'),
  };
}

/** Starts the jobs in one more process's stead. */
async function start(services: Services, jobs: ScheduledJob[]) {
  const schedule = startSchedule(services, jobs, AT_ONCE);
  onTestFinished(() => schedule.stop());
  await schedule.started;
}

/** Brings about a job's turn, as the cron pass does, without waiting for the clock. */
async function turn(services: Services, name: string): Promise<string | null> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => services.db.$client.query(text, values as unknown[]) },
    schedule: false,
    supervise: false,
  });
  await boss.start();
  const id = await boss.send(name);
  await boss.stop();
  return id;
}

test('jobs are kept in the schedule and run when their turn comes', async () => {
  const services = await ground();
  const run = vi.fn(async () => {});
  await start(services, [{ name: 'tidy', cron: '*/5 * * * *', run }]);
  const { rows } = await services.db.$client.query('SELECT name, cron FROM pgboss.schedule');
  expect(rows).toEqual([{ name: 'tidy', cron: '*/5 * * * *' }]);
  expect(run).not.toHaveBeenCalled();
  await turn(services, 'tidy');
  await vi.waitFor(() => expect(run).toHaveBeenCalledTimes(1), 20_000);
});

test('of two processes one takes a turn', async () => {
  const services = await ground();
  const one = vi.fn(async () => {});
  const two = vi.fn(async () => {});
  await start(services, [{ name: 'tidy', cron: '0 * * * *', run: one }]);
  await start(services, [{ name: 'tidy', cron: '0 * * * *', run: two }]);
  for (let turns = 1; turns <= 3; turns++) {
    await turn(services, 'tidy');
    await vi.waitFor(() => expect(one.mock.calls.length + two.mock.calls.length).toBe(turns), 20_000);
    await vi.waitFor(async () => {
      const { rows } = await services.db.$client.query(
        `SELECT count(*) AS count FROM pgboss.job WHERE name = 'tidy' AND state = 'completed'`,
      );
      expect(rows[0].count).toBe(turns);
    }, 20_000);
  }
});

test('a job that fails gets its next turn, and the others are not disturbed', async () => {
  const services = await ground();
  const bad = vi.fn(async () => {
    throw new Error('broken');
  });
  const good = vi.fn(async () => {});
  await start(services, [
    { name: 'bad', cron: '0 * * * *', run: bad },
    { name: 'good', cron: '0 * * * *', run: good },
  ]);
  for (let turns = 1; turns <= 2; turns++) {
    await vi.waitFor(async () => expect(await turn(services, 'bad')).not.toBeNull(), 20_000);
    await vi.waitFor(() => expect(bad).toHaveBeenCalledTimes(turns), 20_000);
  }
  await turn(services, 'good');
  await vi.waitFor(() => expect(good).toHaveBeenCalledTimes(1), 20_000);
});

test('stopping before the start, and while a job runs, leaves the database in order', async () => {
  const services = await ground();
  await startSchedule(services, []).stop();
  const running = Promise.withResolvers<void>();
  const finished = vi.fn();
  const schedule = startSchedule(
    services,
    [
      {
        name: 'slow',
        cron: '0 * * * *',
        async run() {
          running.resolve();
          await new Promise((resolve) => setTimeout(resolve, 300));
          finished();
        },
      },
    ],
    AT_ONCE,
  );
  await schedule.started;
  await turn(services, 'slow');
  await running.promise;
  await schedule.stop();
  expect(finished).toHaveBeenCalledTimes(1);
});
