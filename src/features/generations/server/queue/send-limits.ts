/** What a send must pass before it joins the line: the bounds of its sender and of the endpoint. */
import type { Limits } from '#features/accounts/accounts.ts';
import { lockLimits, type Spending } from '#features/accounts/server/index.ts';
import type { ResolvedModel } from '#features/endpoints/server/index.ts';
import { inOrder, type Tx } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { say } from '../say.ts';
import { isBidden } from './fair-share.ts';
import { checkPlaces, type FullLine, type Line, readLine, turnIsOver } from './line-places.ts';
import { checkTokens } from './token-limit.ts';

const MINUTE_MS = 60_000;

type Own = { waiting: number; waitingHere: number; running: number; minuteFullSince: Date | null };

/**
 * Refuses a send that is over a bound, in words and with the time when asking again makes sense: 429 `rate_limited`
 * over a limit of the user, or of the address of a guest (waiting, sends a minute, tokens a day), 503 `queue_full` when
 * the sender holds half of the endpoint's places, 503 `unavailable` when it takes nothing new. What is full beyond that is
 * returned, for somebody who holds more to give way; null when there is a place. Call it in the transaction that enqueues,
 * before the insert, and after a repeated id was answered. Exact under parallel sends. Throws only `AppError` and what the
 * database does.
 */
export async function checkLimits(
  client: Tx,
  services: Pick<Services, 'config'>,
  { userId }: Principal,
  model: Pick<ResolvedModel, 'endpointId' | 'endpointName'>,
): Promise<FullLine | null> {
  const { limits, address } = await lockLimits(client, services, userId);
  const [own, ofAddress, line] = await inOrder(
    readOwn(client, userId, model.endpointId, limits.requestsPerMinute),
    address ? readAddress(client, address.id) : Promise.resolve(null),
    readLine(client, model.endpointId),
  );
  if (line.draining)
    throw new AppError('unavailable', say('endpoint_draining', { endpoint: model.endpointName }));
  await checkWaiting(client, model.endpointId, own, limits, line);
  if (address && ofAddress) await checkAddress(client, model.endpointId, ofAddress, address, line);
  if (services.config.rateLimits) checkMinute(own, limits);
  await checkTokens(client, userId, limits);
  const held = address ? null : { userId, waiting: own.waitingHere };
  return checkPlaces(client, model, line, { party: address?.id ?? userId, held });
}

async function readOwn(client: Tx, userId: string, endpointId: string, perMinute: number): Promise<Own> {
  const { rows } = await client.query<Own>({
    name: 'spent-by-user',
    text: `SELECT
        (SELECT count(*)::int FROM generations g WHERE user_id = $1 AND state = 'queued' AND ${isBidden('g')}) AS waiting,
        (SELECT count(*)::int FROM generations g
         WHERE user_id = $1 AND state = 'queued' AND endpoint_id = $3 AND ${isBidden('g')}) AS "waitingHere",
        (SELECT count(*)::int FROM generations g WHERE user_id = $1 AND state = 'running' AND ${isBidden('g')}) AS running,
        (SELECT queued_at FROM generations g
         WHERE user_id = $1 AND queued_at > now() - interval '1 minute' AND ${isBidden('g')}
         ORDER BY queued_at DESC OFFSET $2 LIMIT 1) AS "minuteFullSince"`,
    values: [userId, Math.max(0, perMinute - 1), endpointId],
  });
  return rows[0]!;
}

/** How many titles wait for a user's chats, which no limit counts. */
export async function unbiddenOf(client: Tx, userId: string): Promise<number> {
  const { rows } = await client.query<{ waiting: number }>({
    name: 'unbidden-of-user',
    text: `SELECT count(*)::int AS waiting FROM generations
           WHERE user_id = $1 AND state = 'queued' AND title_of IS NOT NULL`,
    values: [userId],
  });
  return rows[0]!.waiting;
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

async function checkAddress(
  client: Tx,
  endpointId: string,
  held: { waiting: number; running: number },
  { maxQueued, maxConcurrent }: NonNullable<Spending['address']>,
  line: Line,
): Promise<void> {
  const startAtOnce = Math.max(0, Math.min(line.free, maxConcurrent - held.running));
  if (held.waiting < maxQueued + startAtOnce) return;
  throw new AppError('rate_limited', say('address_line_full', { max: maxQueued }), {
    retryAt: await turnIsOver(client, endpointId),
  });
}

async function readAddress(client: Tx, id: string): Promise<{ waiting: number; running: number }> {
  const { rows } = await client.query<{ waiting: number; running: number }>({
    name: 'spent-by-address',
    text: `SELECT
        (SELECT count(*)::int FROM generations g WHERE guest_address = $1 AND state = 'queued' AND ${isBidden('g')}) AS waiting,
        (SELECT count(*)::int FROM generations g WHERE guest_address = $1 AND state = 'running' AND ${isBidden('g')}) AS running`,
    values: [id],
  });
  return rows[0]!;
}

function checkMinute(own: Own, { requestsPerMinute }: Limits): void {
  if (requestsPerMinute === 0) throw new AppError('rate_limited', say('no_messages'));
  if (!own.minuteFullSince) return;
  const retryAt = new Date(own.minuteFullSince.getTime() + MINUTE_MS);
  throw new AppError('rate_limited', say('messages_a_minute', { max: requestsPerMinute }), { retryAt });
}
