/** What a send must pass before it joins the line: the bounds of its sender and of the endpoint. */
import type { Limits } from '#features/accounts/accounts.ts';
import { lockLimits } from '#features/accounts/server/index.ts';
import type { ResolvedModel } from '#features/endpoints/server/index.ts';
import { inOrder, type Tx } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { LOCKS } from '#platform/signals.ts';
import { say } from '../say.ts';
import { servicePace } from './queue-order.ts';
import { checkTokens } from './token-limit.ts';

/**
 * Places left at an endpoint below which sends line up to be counted one by one. Above it they need not wait for one
 * another: more than this many transactions are never open at once, in ten processes of twenty connections.
 */
const NEARLY_FULL = 200;
/** When to ask again at an endpoint that has finished nothing yet, and the longest wait that is suggested. */
const UNKNOWN_WAIT_SECONDS = 30;
const LONGEST_WAIT_SECONDS = 300;
const MINUTE_MS = 60_000;

type Line = {
  waiting: number;
  /** Slots nobody uses: as many of those who wait start at once, so they fill no place. */
  free: number;
  maxQueued: number;
  draining: boolean;
};
type Own = { waiting: number; running: number; minuteFullSince: Date | null };

/**
 * Refuses a send that is over a bound, in words and with the time when asking again makes sense: 429 `rate_limited`
 * over a limit of the user (waiting, sends a minute, tokens a day), 503 `queue_full` when the endpoint's line is
 * full, 503 `unavailable` when it takes nothing new. Call it in the transaction that enqueues, before the insert,
 * and after a repeated id was answered. Exact under parallel sends. Throws only `AppError` and what the database does.
 */
export async function checkLimits(
  client: Tx,
  services: Pick<Services, 'config'>,
  { userId }: Principal,
  model: Pick<ResolvedModel, 'endpointId' | 'endpointName'>,
): Promise<void> {
  const limits = await lockLimits(client, services, userId);
  const [own, line] = await inOrder(
    readOwn(client, userId, limits.requestsPerMinute),
    readLine(client, model.endpointId),
  );
  if (line.draining)
    throw new AppError('unavailable', say('endpoint_draining', { endpoint: model.endpointName }));
  await checkWaiting(client, model.endpointId, own, limits, line);
  if (services.config.rateLimits) checkMinute(own, limits);
  await checkTokens(client, userId, limits);
  await checkLine(client, model, line);
}

async function readOwn(client: Tx, userId: string, perMinute: number): Promise<Own> {
  const { rows } = await client.query<Own>({
    name: 'spent-by-user',
    text: `SELECT
        (SELECT count(*)::int FROM generations WHERE user_id = $1 AND state = 'queued') AS waiting,
        (SELECT count(*)::int FROM generations WHERE user_id = $1 AND state = 'running') AS running,
        (SELECT queued_at FROM generations WHERE user_id = $1 AND queued_at > now() - interval '1 minute'
         ORDER BY queued_at DESC OFFSET $2 LIMIT 1) AS "minuteFullSince"`,
    values: [userId, Math.max(0, perMinute - 1)],
  });
  return rows[0]!;
}

async function readLine(client: Tx, endpointId: string): Promise<Line> {
  const { rows } = await client.query<Line>({
    name: 'line-of-endpoint',
    text: `SELECT e.max_queued AS "maxQueued", e.draining_at IS NOT NULL AS draining,
        CASE WHEN e.enabled AND e.paused_at IS NULL AND e.retry_at IS NULL THEN greatest(0, e.slots - (
          SELECT count(*) FROM generations WHERE endpoint_id = e.id AND state = 'running'))::int ELSE 0 END AS free,
        (SELECT count(*)::int FROM (
          SELECT FROM generations WHERE endpoint_id = e.id AND state = 'queued' LIMIT e.max_queued + e.slots) w) AS waiting
      FROM endpoints e WHERE e.id = $1`,
    values: [endpointId],
  });
  return rows[0] ?? { waiting: 0, free: 0, maxQueued: 0, draining: true };
}

async function checkWaiting(
  client: Tx,
  endpointId: string,
  own: Own,
  limits: Limits,
  line: Line,
): Promise<void> {
  const startAtOnce = Math.max(0, Math.min(line.free, limits.maxConcurrent - own.running));
  if (own.waiting < limits.maxQueued + startAtOnce) return;
  const sentence =
    limits.maxQueued === 0 ? say('own_line_closed') : say('own_line_full', { max: limits.maxQueued });
  throw new AppError('rate_limited', sentence, { retryAt: await turnIsOver(client, endpointId) });
}

function checkMinute(own: Own, { requestsPerMinute }: Limits): void {
  if (requestsPerMinute === 0) throw new AppError('rate_limited', say('no_messages'));
  if (!own.minuteFullSince) return;
  const retryAt = new Date(own.minuteFullSince.getTime() + MINUTE_MS);
  throw new AppError('rate_limited', say('messages_a_minute', { max: requestsPerMinute }), { retryAt });
}

async function checkLine(
  client: Tx,
  { endpointId, endpointName }: Pick<ResolvedModel, 'endpointId' | 'endpointName'>,
  seen: Line,
): Promise<void> {
  let line = seen;
  if (line.waiting + NEARLY_FULL >= line.maxQueued + line.free) {
    // A statement of its own: one that also takes the lock would count on a snapshot older than the lock.
    await client.query(`SELECT pg_advisory_xact_lock(${LOCKS.endpoint}, hashtext($1::uuid::text))`, [
      endpointId,
    ]);
    line = await readLine(client, endpointId);
  }
  if (line.waiting < line.maxQueued + line.free) return;
  throw new AppError('queue_full', say('line_full', { endpoint: endpointName, waiting: line.waiting }), {
    retryAt: await turnIsOver(client, endpointId),
  });
}

/** When a place in the line probably comes free: after one turn of the endpoint. */
async function turnIsOver(client: Tx, endpointId: string): Promise<Date> {
  const { seconds, slots } = await servicePace(client, endpointId);
  const wait = seconds === null ? UNKNOWN_WAIT_SECONDS : seconds / slots;
  return new Date(Date.now() + Math.min(LONGEST_WAIT_SECONDS, Math.max(1, Math.ceil(wait))) * 1000);
}
