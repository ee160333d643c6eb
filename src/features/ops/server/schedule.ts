/** Housekeeping that runs now and then: each job once per turn, however many processes have the worker role. */
import type { PgBoss } from 'pg-boss';
import type { Services } from '#platform/services.ts';

/** What a feature wants done now and then. `run` may be cut short by a shutdown and is then run again at the next turn. */
export type ScheduledJob = {
  /** Letters, digits, hyphens; unique. */
  readonly name: string;
  /** Five fields, in UTC. */
  readonly cron: string;
  run(): Promise<unknown>;
};

export type Schedule = {
  /** Settles when the jobs are scheduled for the first time. */
  readonly started: Promise<void>;
  /** Waits shortly for what runs, and starts nothing more. */
  stop(): Promise<void>;
};

/** Late enough that starting Parley, and the first page, never wait for housekeeping. */
const START_DELAY_MS = 5_000;
/** When the database was away at the start. */
const RETRY_MS = 30_000;
/** Nothing here is urgent, and every poll is a query on a server that may be a small machine. */
const POLL_SECONDS = 30;
const STOP_MS = 5_000;

/** Runs `jobs` on their schedules, from a little later on, until stopped. */
export function startSchedule(
  services: Services,
  jobs: readonly ScheduledJob[],
  { delayMs = START_DELAY_MS, pollSeconds = POLL_SECONDS } = {},
): Schedule {
  const { log } = services;
  const { promise: started, resolve } = Promise.withResolvers<void>();
  let boss: PgBoss | undefined;
  let starting: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const later = (milliseconds: number) => {
    timer = setTimeout(() => {
      starting = start();
    }, milliseconds).unref();
  };
  const start = async () => {
    try {
      boss ??= await createBoss(services);
      await boss.start();
      for (const job of jobs) await addJob(services, boss, job, pollSeconds);
      resolve();
    } catch (error) {
      log.warn({ err: error }, 'the housekeeping jobs could not be scheduled; trying again');
      if (!stopped) later(RETRY_MS);
    }
  };
  later(delayMs);
  return {
    started,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await starting;
      await boss?.stop({ graceful: true, timeout: STOP_MS }).catch((error: unknown) => {
        log.warn({ err: error }, 'the housekeeping jobs did not stop in order');
      });
    },
  };
}

/** pg-boss on our own pool, asked to look after itself seldom. Loaded here because no start should wait for it. */
async function createBoss({ db, log }: Services): Promise<PgBoss> {
  const { PgBoss } = await import('pg-boss');
  const boss = new PgBoss({
    db: { executeSql: (text, values) => db.$client.query(text, values as unknown[]) },
    schema: 'pgboss',
    cronMonitorIntervalSeconds: 45,
    cronWorkerIntervalSeconds: POLL_SECONDS,
    superviseIntervalSeconds: 600,
    queueCacheIntervalSeconds: 600,
    bamIntervalSeconds: 600,
    flowIntervalSeconds: 600,
    // Its tables hold a few dozen rows here.
    reindex: false,
    monitorVacuum: false,
  });
  boss.on('error', (error) => log.warn({ err: error }, 'housekeeping: the database could not be asked'));
  return boss;
}

async function addJob(
  { log }: Services,
  boss: PgBoss,
  job: ScheduledJob,
  pollSeconds: number,
): Promise<void> {
  // One waiting and one running at most; one that fails is tried again at its next turn, not before.
  await boss.createQueue(job.name, { policy: 'stately', retryLimit: 0, deleteAfterSeconds: 3600 });
  await boss.work(job.name, { pollingIntervalSeconds: pollSeconds }, async () => {
    try {
      await job.run();
    } catch (error) {
      log.error({ err: error, job: job.name }, 'a housekeeping job failed');
      throw error;
    }
  });
  await boss.schedule(job.name, job.cron);
}
