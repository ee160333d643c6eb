/** Looks after generations nobody looks after: lost workers, queue deadlines, people who were shut out, and logs that have served. */
import { DEFAULT_TIMEOUTS } from '#features/endpoints/endpoints.ts';
import type { Clock } from '#platform/clock.ts';
import type { Listener } from '#platform/database/listen.ts';
import { repeat } from '#platform/repeat.ts';
import type { Services } from '#platform/services.ts';
import { stop } from './cancel-generation.ts';
import { endFromOutside, requeue } from './end-from-outside.ts';
import { timeoutError } from './run-timeouts.ts';
import { WORKER_LOST } from './worker-lost.ts';

/** Claims of one generation before it is believed to kill its workers. */
const MAX_CLAIMS = 3;
/** The same of a title, which is claimed anew each time it has given way to somebody. */
const MAX_CLAIMS_OF_TITLE = 20;
/** How long a log is kept after the end, for readers that resume. */
export const KEEP_EVENTS_MINUTES = 15;

/**
 * SQL that is true when the worker of generation `g` is gone: its lease has run out, or its process no longer
 * holds the advisory lock it took at start (PostgreSQL drops it the moment a killed process's socket closes).
 */
const workerGone = ({ leaseMs, recentBeatMs }: Clock): string => `(g.lease_until < now() OR (
    g.lease_until < now() + make_interval(secs => ${(leaseMs - recentBeatMs) / 1000})
    AND NOT EXISTS (SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
      AND (l.classid::bigint << 32 | l.objid::bigint) = ('x' || right(g.worker_id::text, 12))::bit(48)::bigint)))`;

/** The advisory lock a process holds while it lives, as `workerGone` computes it. */
export const lifeLockKey = (processId: string): number => Number.parseInt(processId.slice(-12), 16);

/** Starts looking; returns how to stop. */
export function startCaretaker(services: Services, listener: Listener): () => Promise<void> {
  let first = true;

  async function look(): Promise<void> {
    // After the database was away, others may not have taken their locks again yet.
    const settled = first || listener.connectedForMs() > services.clock.recentBeatMs;
    first = false;
    if (settled) await takeOver(services);
    await endOverdue(services);
    await stopDisabled(services);
  }

  const looking = repeat(look, services.clock.caretakerLookMs, (error) =>
    services.log.warn({ err: error }, 'the caretaker failed; it looks again'),
  );
  looking.soon();
  return looking.stop;
}

/** Starts over what its lost worker had not begun to write, or nobody could read, and ends, with its text, what it had. */
async function takeOver(services: Services): Promise<void> {
  const gone = workerGone(services.clock);
  const { rows } = await services.db.$client.query<{
    id: string;
    begun: boolean;
    epoch: number;
    titles: boolean;
  }>({
    name: 'find-lost',
    text: `SELECT id, epoch, title_of IS NOT NULL AS titles, title_of IS NULL AND (first_token_at IS NOT NULL OR EXISTS (
             SELECT FROM generation_events e WHERE e.generation_id = g.id AND e.last_seq > 1)) AS begun
           FROM generations g WHERE state = 'running' AND ${gone}`,
  });
  for (const { id, begun, epoch, titles } of rows) {
    const still = `g.state = 'running' AND g.epoch = ${epoch} AND ${gone}`;
    if (!begun && epoch < (titles ? MAX_CLAIMS_OF_TITLE : MAX_CLAIMS)) await requeue(services.db, id, still);
    else await endFromOutside(services, id, still, { state: 'interrupted', error: WORKER_LOST });
    services.log.warn({ generationId: id, begun }, 'a generation lost its worker');
  }
}

/** Ends what has waited longer than its endpoint's queue timeout. */
async function endOverdue(services: Services): Promise<void> {
  const { rows } = await services.db.$client.query<{ id: string; queueMs: number | null }>({
    name: 'find-overdue',
    text: `SELECT g.id, (e.timeouts->>'queueMs')::int AS "queueMs"
           FROM generations g LEFT JOIN endpoints e ON e.id = g.endpoint_id
           WHERE g.state = 'queued' AND g.queue_deadline < now() LIMIT 100`,
  });
  for (const { id, queueMs } of rows) {
    const timeouts = { ...DEFAULT_TIMEOUTS, ...(queueMs !== null && { queueMs }) };
    const error = timeoutError('timeout_queue', timeouts);
    await endFromOutside(services, id, `g.state = 'queued'`, { state: 'timed_out', error });
  }
}

/** Stops what those asked for who were shut out meanwhile: their places and slots are others' now. */
async function stopDisabled(services: Services): Promise<void> {
  const { rows } = await services.db.$client.query<{ id: string }>({
    name: 'find-disabled',
    text: `SELECT g.id FROM users u JOIN generations g ON g.user_id = u.id AND g.state IN ('queued', 'running')
           WHERE u.disabled_at IS NOT NULL LIMIT 100`,
  });
  await Promise.all(rows.map(({ id }) => stop(services, id)));
}

/**
 * Deletes the logs of generations that ended long enough ago, their text stays in the message, or was made a title of; and what is known of where
 * guests came from.
 */
export async function dropOldEvents(services: Pick<Services, 'db'>): Promise<void> {
  await services.db.$client.query(
    `WITH old AS (
       SELECT id FROM generations g
       WHERE events_kept AND NOT (title_of IS NOT NULL AND EXISTS (
         SELECT FROM generation_followers f WHERE f.generation_id = g.id)) AND finished_at < now() - make_interval(mins => ${KEEP_EVENTS_MINUTES}) LIMIT 5000
     ), dropped AS (
       DELETE FROM generation_events WHERE generation_id IN (SELECT id FROM old)
     )
     UPDATE generations SET events_kept = false, guest_address = NULL WHERE id IN (SELECT id FROM old)`,
  );
  // The table is small, so looking through it for what removed people left behind is cheap.
  await services.db.$client.query(
    'DELETE FROM generation_events e WHERE NOT EXISTS (SELECT FROM generations g WHERE g.id = e.generation_id)',
  );
}
