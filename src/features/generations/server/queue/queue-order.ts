/** Who waits at an endpoint, in the order in which they will start. */
import type { Health } from '#features/endpoints/endpoints.ts';
import { CIRCUIT_OPEN } from '#features/endpoints/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Stopped } from '../../stream-events.ts';
import { waitingCtes } from './fair-share.ts';

/** One waiting generation. */
export type Waiting = {
  id: string;
  userId: string;
  chatId: string | null;
  class: number;
  /** How often it was claimed already; above 0, its worker was lost and it was put back. */
  claims: number;
  /** How many will start before it. */
  position: number;
};

/** The waiting line of an endpoint, in fair order: the same order in which `claim` takes from it. */
export async function queueOrder(db: Queryable, endpointId: string): Promise<Waiting[]> {
  const { rows } = await db.query<Omit<Waiting, 'position'>>({
    name: 'queue-order',
    text: `WITH RECURSIVE ${waitingCtes('NULL')}
      SELECT w.id, w.user_id AS "userId", w.class, g.chat_id AS "chatId", g.epoch AS claims
      FROM waiting w JOIN generations g USING (id) ORDER BY w.class, w.tag, w.ordinal`,
    values: [endpointId],
  });
  return rows.map((row, position) => ({ ...row, position }));
}

/** How an endpoint is doing, as far as those who wait there want to know. */
export type EndpointPace = {
  /** Seconds a generation took lately, what failed left out; null while nothing is known. */
  seconds: number | null;
  slots: number;
  health: Health['status'];
  /** Why nothing starts there: switched off or paused by an admin, or down, which is an open circuit. Null while it does. */
  stopped: Stopped | null;
  stoppedSince: Date | null;
};

export async function servicePace(db: Queryable, endpointId: string): Promise<EndpointPace> {
  const { rows } = await db.query<EndpointPace>({
    name: 'service-pace',
    text: `SELECT e.slots, e.health,
        CASE WHEN NOT e.enabled THEN 'switched_off' WHEN e.paused_at IS NOT NULL THEN 'paused'
          WHEN ${CIRCUIT_OPEN} THEN 'down' END AS stopped,
        CASE WHEN NOT e.enabled THEN NULL ELSE coalesce(e.paused_at, e.health_since) END AS "stoppedSince", (
        SELECT avg(duration_ms)::float8 / 1000 FROM (
          SELECT duration_ms, state FROM generations
          WHERE endpoint_id = $1 AND finished_at IS NOT NULL AND started_at IS NOT NULL
          ORDER BY finished_at DESC LIMIT 20) recent
        WHERE state NOT IN ('failed', 'interrupted')) AS seconds
      FROM endpoints e WHERE e.id = $1`,
    values: [endpointId],
  });
  return (
    rows[0] ?? { seconds: null, slots: 1, health: 'unknown', stopped: 'switched_off', stoppedSince: null }
  );
}

/**
 * Seconds until the generation at `position` probably starts: everything before it and half of what runs now,
 * spread over the slots. Null while nothing has finished there yet, and while nothing starts.
 */
export function estimateWait(position: number, pace: EndpointPace): number | null {
  if (pace.seconds === null || pace.stopped !== null) return null;
  return Math.max(1, Math.round(((position + 0.5) / pace.slots) * pace.seconds));
}
