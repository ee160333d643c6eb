/** pg-boss as Parley runs it: on our own pool, and asked to look after itself seldom. */
import type { PgBoss } from 'pg-boss';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database/database.ts';
import type { Logger } from '#platform/log.ts';

/** Done jobs are kept this long, for who wonders what happened. */
const KEEP_SECONDS = 3600;

/** The most that pg-boss takes, so that no minute of a schedule is missed. */
const CRON_SECONDS = 45;

/** How often a failed job is tried again, first after so many seconds, then doubled, up to a limit. */
export type Retries = {
  readonly times: number;
  readonly firstSeconds: number;
  readonly longestSeconds: number;
};

/** Starts it; only a process that `works` looks after schedules and dead workers. Loaded here: no start should wait for it. */
export async function openBoss(
  { db, log, clock }: { db: Database; log: Logger; clock: Clock },
  works: boolean,
): Promise<PgBoss> {
  const { PgBoss } = await import('pg-boss');
  const boss = new PgBoss({
    db: { executeSql: (text, values) => db.$client.query(text, values as unknown[]) },
    schema: 'pgboss',
    schedule: works,
    supervise: works,
    cronMonitorIntervalSeconds: CRON_SECONDS,
    cronWorkerIntervalSeconds: Math.min(CRON_SECONDS, Math.max(1, clock.jobPollMs / 1000)),
    superviseIntervalSeconds: clock.jobSuperviseMs / 1000,
    monitorIntervalSeconds: clock.jobSuperviseMs / 1000,
    queueCacheIntervalSeconds: 600,
    bamIntervalSeconds: 600,
    flowIntervalSeconds: 600,
    // Its tables hold a few dozen rows here.
    reindex: false,
    monitorVacuum: false,
  });
  boss.on('error', (error) => log.warn({ err: error }, 'jobs: the database could not be asked'));
  await boss.start().catch(async (error) => {
    // What it had begun by then would go on.
    await boss.stop({ graceful: false }).catch(() => {});
    throw error;
  });
  return boss;
}

/** What is said of every job that is sent; said each time, so that a new version of Parley need not change what is stored. */
export const jobOptions = (clock: Clock, retries: Retries | undefined) => ({
  deleteAfterSeconds: KEEP_SECONDS,
  // A worker that dies stops saying that it lives, and its job is another's.
  heartbeatSeconds: clock.jobHeartbeatMs / 1000,
  retryLimit: retries?.times ?? 0,
  ...(retries && {
    retryBackoff: true,
    retryDelay: retries.firstSeconds,
    retryDelayMax: retries.longestSeconds,
  }),
});
