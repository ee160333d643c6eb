/**
 * Jobs: work that is done later, surely, by whichever process has the time. A job is a row (pg-boss), so it exists if and
 * only if the transaction that sent it is committed, and it outlives the process that works on it. Generations are not
 * jobs: their queue is fair, and theirs alone.
 */
import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Clock } from '#platform/clock.ts';
import type { Database, Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { LiveBus } from '#platform/live-bus/live-bus.ts';
import { publishOnCommit } from '#platform/live-bus/postgres-bus.ts';
import type { Shapes } from '#platform/live-bus/shapes.ts';
import type { Logger } from '#platform/log.ts';
import { TOPICS } from '#platform/signals.ts';

import { jobOptions, openBoss, type Retries } from './open-boss.ts';

/** What other processes may say of jobs. */
export const jobMessages: Shapes = {
  [TOPICS.jobs]: z.object({ type: z.literal('job_sent'), name: z.string() }),
};

/** A kind of job: what it is called, what it is given, and how often it is tried. */
export type JobKind<Input> = {
  /** Letters, digits, hyphens; unique. */
  readonly name: string;
  /** Checked when it is sent and again when it is worked on, which may be a newer version of this program. */
  readonly input: z.ZodType<Input>;
  /** Without it a failed one is not tried again. */
  readonly retries?: Retries;
};

/** A kind of job together with what does it; made by `work`. */
export type Worker = { readonly name: string; run(input: unknown, signal: AbortSignal): Promise<unknown> };

/**
 * Registers a handler for a kind of job. It may run more than once (a process dies after the work and before it is
 * marked as done), so it must be idempotent; `signal` is aborted when the process goes away before it ends.
 */
export const work = <Input>(
  kind: JobKind<Input>,
  run: (input: Input, signal: AbortSignal) => Promise<unknown>,
): Worker => ({
  name: kind.name,
  run: async (input, signal) => run(kind.input.parse(input), signal),
});

/** What is done now and then, once per turn however many processes there are; one that fails waits for its next turn. */
export type ScheduledJob = {
  /** Letters, digits, hyphens; unique. */
  readonly name: string;
  /** Five fields, in UTC. */
  readonly cron: string;
  run(): Promise<unknown>;
};

type SendOptions = {
  /** Not before then. Kept to about the poll interval. */
  after?: Date;
  /** Of jobs of one kind and key at most one waits: a second one is dropped, as the first will do its work too. */
  singletonKey?: string;
};

export type Jobs = {
  /**
   * Sends a job over a connection: inside a transaction it exists once that commits, and never if it does not. Workers
   * everywhere are woken then. Throws when `input` does not fit its kind.
   */
  send<Input>(on: Queryable, kind: JobKind<Input>, input: Input, options?: SendOptions): Promise<void>;
  /**
   * Makes this process work, one job of each kind at a time, from a little later on: starting it never waits for jobs. One
   * that only sends is made ready for that, so that no transaction has to wait until it is.
   */
  start(workers: readonly Worker[], schedule: readonly ScheduledJob[]): void;
  /** Settles when that is done. */
  readonly started: Promise<void>;
  /** Starts nothing more and waits shortly for what runs; what is cut short is tried again elsewhere. */
  stop(): Promise<void>;
};

/** What jobs stand on. */
type Ground = {
  readonly db: Database;
  readonly log: Logger;
  readonly clock: Clock;
  readonly bus: LiveBus;
  /** Without the worker role a process sends, and works on nothing. */
  readonly works: boolean;
};

/** Prepares sending and working; nothing is loaded, and the database not asked, before one of them is wanted. */
export function createJobs(ground: Ground): Jobs {
  const { log, clock, bus, works } = ground;
  const { promise: started, resolve } = Promise.withResolvers<void>();
  const known = new Map<string, Promise<void>>();
  const added = new Set<string>();
  const offs: (() => void)[] = [];
  let starting: Promise<PgBoss> | undefined;
  let beginning: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  /** Begun by the first who needs it; after a failure by the next. */
  function ready(): Promise<PgBoss> {
    starting ??= openBoss(ground, works).catch((error) => {
      starting = undefined;
      throw error;
    });
    return starting;
  }

  /** A kind is made known to the database once a process, by whichever comes first of sending and working. */
  function ensureKind(boss: PgBoss, name: string): Promise<void> {
    const making = known.get(name) ?? boss.createQueue(name, { policy: 'short' });
    known.set(name, making);
    making.catch(() => known.delete(name));
    return making;
  }

  async function addWorker(boss: PgBoss, { name, run }: Worker): Promise<void> {
    const id = await boss.work(name, polling(clock.jobPollMs), ([job]) =>
      told(name, () => run(job!.data, job!.signal)),
    );
    const off = bus.subscribe(TOPICS.jobs, (message) => message.name === name && boss.notifyWorker(id));
    offs.push(off);
  }

  async function addScheduled(boss: PgBoss, { name, cron, run }: ScheduledJob): Promise<void> {
    await boss.createQueue(name, { policy: 'stately' });
    await boss.work(name, polling(clock.jobPollMs), () => told(name, run));
    await boss.schedule(name, cron, null, jobOptions(clock, undefined));
  }

  /** What an earlier attempt has added is left as it is. */
  async function addAll(
    boss: PgBoss,
    workers: readonly Worker[],
    schedule: readonly ScheduledJob[],
  ): Promise<void> {
    const isNew = ({ name }: { name: string }) => !added.has(name);
    for (const worker of workers.filter(isNew)) {
      await addWorker(boss, worker);
      added.add(worker.name);
    }
    for (const job of schedule.filter(isNew)) {
      await addScheduled(boss, job);
      added.add(job.name);
    }
  }

  async function told(job: string, run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      log.error({ err: error, job }, 'a job failed');
      throw error;
    }
  }

  async function begin(workers: readonly Worker[], schedule: readonly ScheduledJob[]): Promise<void> {
    try {
      const boss = await ready();
      for (const { name } of workers) await ensureKind(boss, name);
      if (works) await addAll(boss, workers, schedule);
      resolve();
    } catch (error) {
      log.warn({ err: error }, 'jobs could not be started; trying again');
      if (!stopped) later(clock.jobStartRetryMs, workers, schedule);
    }
  }

  function later(ms: number, workers: readonly Worker[], schedule: readonly ScheduledJob[]): void {
    timer = setTimeout(() => {
      beginning = begin(workers, schedule);
    }, ms).unref();
  }

  return {
    started,
    async send(on, kind, input, { after, singletonKey = newId() } = {}) {
      const data = kind.input.parse(input) as object;
      const boss = await ready();
      await ensureKind(boss, kind.name);
      await boss.send(kind.name, data, {
        ...jobOptions(clock, kind.retries),
        singletonKey,
        ...(after && { startAfter: after }),
        db: { executeSql: (text, values) => on.query(text, values as unknown[]) },
      });
      await publishOnCommit(on, TOPICS.jobs, { type: 'job_sent', name: kind.name });
    },
    start(workers, schedule) {
      later(clock.jobStartMs, workers, schedule);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await beginning;
      for (const off of offs) off();
      const boss = await starting?.catch(() => undefined);
      await boss
        ?.stop({ graceful: true, timeout: clock.jobStopMs })
        .catch((error: unknown) => log.warn({ err: error }, 'jobs did not stop in order'));
    },
  };
}

const polling = (ms: number) => ({ pollingIntervalSeconds: ms / 1000 });
