/** The places of an endpoint's line: how many there are, who holds them, and when there is one for a sender. */
import type { ResolvedModel } from '#features/endpoints/server/index.ts';
import type { Queryable, Tx } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import { LOCKS } from '#platform/signals.ts';
import { say } from '../say.ts';
import { isBidden, partyOf } from './fair-share.ts';
import { servicePace } from './queue-order.ts';

/**
 * Places left at an endpoint below which sends line up to be counted one by one. Above it they need not wait for one
 * another: more than this many transactions are never open at once, in ten processes of twenty connections.
 */
const NEARLY_FULL = 200;
/** When to ask again at an endpoint that has finished nothing yet, and the longest wait that is suggested. */
const UNKNOWN_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 300;

export type Line = {
  waiting: number;
  /** Of these, all guests'. */
  guestsWaiting: number;
  /** Slots nobody uses, or nobody asked to be used: as many of those who wait start at once, so they fill no place. */
  free: number;
  maxQueued: number;
  draining: boolean;
};

/** Who sends: their party, and for members what they hold already. Guests hold together. */
export type Sender = { party: string; held: { userId: string; waiting: number } | null };

/** A line with no place for a sender, unless somebody gives way: everybody's, or the half that is guests'. */
export type FullLine = {
  bound: 'line' | 'guests';
  sender: { party: string; isGuest: boolean };
  endpointId: string;
  endpointName: string;
  waiting: number;
};

/** How the line of an endpoint stands. */
export async function readLine(client: Queryable, endpointId: string): Promise<Line> {
  const { rows } = await client.query<Line>({
    name: 'line-of-endpoint',
    text: `SELECT e.max_queued AS "maxQueued", e.draining_at IS NOT NULL AS draining,
        CASE WHEN e.enabled AND e.paused_at IS NULL AND e.retry_at IS NULL THEN greatest(0, e.slots - (
          SELECT count(*) FROM generations g
          WHERE endpoint_id = e.id AND state = 'running' AND ${isBidden('g')}))::int ELSE 0 END AS free,
        (SELECT count(*)::int FROM (
          SELECT FROM generations g WHERE endpoint_id = e.id AND state = 'queued' AND ${isBidden('g')}
          LIMIT e.max_queued + e.slots) w) AS waiting,
        (SELECT count(*)::int FROM generations g
         WHERE endpoint_id = e.id AND state = 'queued' AND guest_address IS NOT NULL AND ${isBidden('g')}) AS "guestsWaiting"
      FROM endpoints e WHERE e.id = $1`,
    values: [endpointId],
  });
  return rows[0] ?? { waiting: 0, guestsWaiting: 0, free: 0, maxQueued: 0, draining: true };
}

/**
 * Null when the sender may have a place. Nobody, nor all guests together, holds more than half of them, rounded up: 503
 * `queue_full` to a member who does. Counted exactly, as of a lock on the line once it is nearly full.
 */
export async function checkPlaces(
  client: Tx,
  { endpointId, endpointName }: Pick<ResolvedModel, 'endpointId' | 'endpointName'>,
  seen: Line,
  { party, held }: Sender,
): Promise<FullLine | null> {
  const half = Math.ceil(seen.maxQueued / 2);
  // Of a line that takes nobody there is no half to hold.
  if (held && half > 0 && held.waiting >= half + seen.free)
    throw new AppError(
      'queue_full',
      say('half_line_held', { endpoint: endpointName, waiting: held.waiting }),
      {
        retryAt: await turnIsOver(client, endpointId),
      },
    );
  const line = isNearlyFull(seen, !held) ? await readLocked(client, endpointId) : seen;
  const full = { sender: { party, isGuest: !held }, endpointId, endpointName, waiting: line.waiting };
  if (line.waiting >= line.maxQueued + line.free) return { ...full, bound: 'line' };
  if (!held && line.guestsWaiting >= half + line.free) return { ...full, bound: 'guests' };
  return null;
}

const isNearlyFull = ({ waiting, guestsWaiting, maxQueued, free }: Line, isGuest: boolean): boolean =>
  waiting + NEARLY_FULL >= maxQueued + free ||
  (isGuest && guestsWaiting + NEARLY_FULL >= Math.ceil(maxQueued / 2) + free);

/** A statement of its own after the lock: one that also takes the lock would count on a snapshot older than the lock. */
async function readLocked(client: Tx, endpointId: string): Promise<Line> {
  await client.query(`SELECT pg_advisory_xact_lock(${LOCKS.endpoint}, hashtext($1::uuid::text))`, [
    endpointId,
  ]);
  return readLine(client, endpointId);
}

/** What each party holds of the places of an endpoint. */
export type Holding = { party: string; isGuest: boolean; waiting: number; newest: number };

/** Everybody who waits there, by party. Under the lock on the line, as `checkPlaces` leaves it when the line is full. */
export async function readHoldings(client: Tx, endpointId: string): Promise<Holding[]> {
  const { rows } = await client.query<Holding>({
    name: 'holdings-of-line',
    text: `SELECT ${partyOf('g')} AS party, bool_or(g.guest_address IS NOT NULL) AS "isGuest",
        count(*)::int AS waiting, max(g.ordinal) AS newest
      FROM generations g WHERE g.endpoint_id = $1 AND g.state = 'queued' AND ${isBidden('g')} GROUP BY 1`,
    values: [endpointId],
  });
  return rows;
}

/** The refusal of a sender for whom nobody gives way. */
export async function lineIsFull(
  client: Queryable,
  { bound, endpointId, endpointName, waiting }: FullLine,
): Promise<AppError> {
  const sentence =
    bound === 'line'
      ? say('line_full', { endpoint: endpointName, waiting })
      : say('guests_line_full', { endpoint: endpointName });
  return new AppError('queue_full', sentence, { retryAt: await turnIsOver(client, endpointId) });
}

/** When a place in the line probably comes free: after one turn of the endpoint. */
export async function turnIsOver(client: Queryable, endpointId: string): Promise<Date> {
  const { seconds, slots } = await servicePace(client, endpointId);
  const wait = seconds === null ? UNKNOWN_WAIT_SECONDS : seconds / slots;
  return new Date(Date.now() + Math.min(LONGEST_WAIT_SECONDS, Math.max(1, Math.ceil(wait))) * 1000);
}
