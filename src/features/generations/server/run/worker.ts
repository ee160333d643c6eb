/** The worker role: claims generations when something may have become possible, runs them, keeps their leases. */

import type { Database } from '#platform/database/database.ts';
import { QUEUE_TOPIC } from '#platform/live-bus/live-bus.ts';
import { repeat } from '#platform/repeat.ts';
import type { Services } from '#platform/services.ts';
import { type Claimed, claim } from '../queue/claim.ts';
import { isBidden } from '../queue/fair-share.ts';
import { createEventWriter } from '../stream/event-writer.ts';
import { endFromOutside, requeue } from './end-from-outside.ts';
import { createRetryBudget } from './retry-budget.ts';
import { type Run, runGeneration } from './run-generation.ts';
import { WORKER_LOST } from './worker-lost.ts';

export type Worker = {
  /** Something about the endpoint changed: a send, a freed slot, more slots. Cheap to call too often. */
  wake(endpointId: string): void;
  wakeAll(): void;
  /** True while claims succeed; what `/readyz` says. */
  readonly healthy: boolean;
  readonly running: ReadonlyMap<string, Run>;
  /** Claims nothing more, lets replies that were begun end for `graceMs`, hands the others back. */
  drain(graceMs: number): Promise<void>;
};

/** Starts the claim loop of this process; events are logged over `flushes`, all else goes over the services' database. */
export function startWorker(services: Services, flushes: Database): Worker {
  const { db, bus, log, clock } = services;
  const writer = createEventWriter(flushes, bus, log);
  const budget = createRetryBudget();
  const running = new Map<string, Run>();
  /** Endpoints being claimed for; true: something changed meanwhile, look again. */
  const claiming = new Map<string, boolean>();
  let draining = false;
  let healthy = true;

  function wake(endpointId: string): void {
    if (draining) return;
    if (claiming.has(endpointId)) claiming.set(endpointId, true);
    else void claimFor(endpointId);
  }

  async function claimFor(endpointId: string): Promise<void> {
    do {
      claiming.set(endpointId, false);
      try {
        const claimedAt = performance.now();
        for (const claimed of await claim(db, endpointId, bus.processId, clock.leaseMs))
          run(claimed, claimedAt);
        healthy = true;
        await giveWay(endpointId);
      } catch (error) {
        if (healthy)
          log.warn({ err: error, endpointId }, 'claiming failed; it goes on with the next wake-up');
        healthy = false;
      }
    } while (claiming.get(endpointId) && !draining);
    claiming.delete(endpointId);
  }

  function run(claimed: Claimed, claimedAt: number): void {
    const started = runGeneration(services, writer, budget, claimed, claimedAt);
    running.set(claimed.id, started);
    bus.publishHere(QUEUE_TOPIC, { type: 'line_moved', endpointId: claimed.endpointId });
    void started.done.then(() => {
      running.delete(claimed.id);
      bus.publishHere(QUEUE_TOPIC, { type: 'line_moved', endpointId: claimed.endpointId });
      wake(claimed.endpointId);
    });
  }

  /** Hands back what nobody asked for where somebody who does has come since, and finds no slot. It is run when there is one left. */
  async function giveWay(endpointId: string): Promise<void> {
    const unbidden = [...running.values()].filter(
      ({ claimed }) => claimed.titleOf !== null && claimed.endpointId === endpointId,
    );
    if (unbidden.length === 0) return;
    const late = await whoWaitsSince(db, endpointId, unbidden);
    await Promise.all(unbidden.slice(0, late).map((run) => handBack(services, run)));
  }

  async function heartbeat(): Promise<void> {
    if (running.size === 0) return;
    const ids = [...running.keys()];
    const { rows } = await db.$client.query<{ id: string; cancelled: boolean }>({
      name: 'heartbeat',
      // What is being written to right now gets its next beat: waiting for it, in another order than a flush locks its
      // rows, would be a deadlock.
      text: `WITH mine AS (
               SELECT id FROM generations WHERE id = ANY ($1::uuid[]) AND worker_id = $2 AND state = 'running'
               FOR NO KEY UPDATE SKIP LOCKED
             )
             UPDATE generations SET lease_until = now() + make_interval(secs => $3)
             WHERE id = ANY (ARRAY(SELECT id FROM mine))
             RETURNING id, cancel_requested_at IS NOT NULL AS cancelled`,
      values: [ids, bus.processId, clock.leaseMs / 1000],
    });
    const mine = new Map(rows.map((row) => [row.id, row.cancelled]));
    for (const id of ids) {
      const cancelled = mine.get(id);
      // Not ours any more: it ended just now, or another worker took it over while we could not say that we live.
      if (cancelled === undefined) await abandonIfTaken(id);
      else if (cancelled) running.get(id)?.cancel();
    }
  }

  async function abandonIfTaken(id: string): Promise<void> {
    const run = running.get(id);
    if (!run) return;
    const { rows } = await db.$client.query<{ epoch: number; state: string }>(
      'SELECT epoch, state FROM generations WHERE id = $1',
      [id],
    );
    if (rows[0]?.epoch !== run.claimed.epoch) run.abandon();
  }

  async function wakeAll(): Promise<void> {
    const { rows } = await db.$client.query<{ id: string }>(
      `SELECT id FROM endpoints e
       WHERE enabled AND EXISTS (SELECT FROM generations WHERE endpoint_id = e.id AND state = 'queued')`,
    );
    for (const row of rows) wake(row.id);
  }

  const failed = (what: string) => (error: Error) => log.warn({ err: error }, `${what} failed`);
  const beating = repeat(heartbeat, clock.heartbeatMs, failed('the heartbeat'));
  const looking = repeat(wakeAll, clock.claimPollMs, failed('looking for waiting work'));
  looking.soon();

  return {
    wake,
    wakeAll: looking.soon,
    get healthy() {
      return healthy && !draining;
    },
    running,
    async drain(graceMs) {
      draining = true;
      const deadline = performance.now() + graceMs;
      const untouched = [...running.values()].filter((run) => run.claimed.titleOf !== null || !run.hasText());
      await Promise.all(untouched.map((run) => handBack(services, run)));
      const left = [...running.values()].map((run) => run.done);
      await Promise.race([Promise.all(left), sleep(deadline - performance.now())]);
      for (const run of running.values()) run.interrupt();
      await Promise.all([...running.values()].map((run) => run.done));
      await Promise.all([beating.stop(), looking.stop()]);
    },
  };
}

/** How many wait for a slot there, none being free, who came after the first of these was begun. */
async function whoWaitsSince(db: Database, endpointId: string, runs: readonly Run[]): Promise<number> {
  const since = new Date(Math.min(...runs.map(({ claimed }) => claimed.startedAt.getTime())));
  const { rows } = await db.$client.query<{ waiting: number }>({
    name: 'who-waits-since',
    // Those who came before were passed over then, and would be again.
    text: `SELECT count(*)::int AS waiting FROM generations g
           WHERE g.endpoint_id = $1 AND g.state = 'queued' AND ${isBidden('g')} AND g.queued_at > $2
             AND (SELECT e.slots FROM endpoints e WHERE e.id = $1) <= (
               SELECT count(*) FROM generations r WHERE r.endpoint_id = $1 AND r.state = 'running' AND r.lease_until > now())`,
    values: [endpointId, since],
  });
  return rows[0]!.waiting;
}

/** Puts a run that wrote nothing yet, or nothing that anybody reads, back into the queue: for the next worker or the next start. */
async function handBack(services: Services, run: Run): Promise<void> {
  run.abandon();
  await run.done;
  const { id, epoch } = run.claimed;
  const unread = '(g.first_token_at IS NULL OR g.title_of IS NOT NULL)';
  if (await requeue(services.db, id, `g.epoch = ${epoch} AND ${unread}`)) return;
  await endFromOutside(services, id, `g.epoch = ${epoch}`, { state: 'interrupted', error: WORKER_LOST });
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)).unref());
