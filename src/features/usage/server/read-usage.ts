import type { z } from 'zod';
import { activeChats, effectiveLimits, readStorage } from '#features/accounts/server/index.ts';
import { isBidden, TOKENS_COUNTED } from '#features/generations/server/index.ts';
import { invalidInput } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { Usage, UsageDay, UsageQuery } from '../usage.ts';
import { ownedBy } from './access.ts';
import { say } from './say.ts';

/** PostgreSQL's `invalid_parameter_value`: here, a time zone that it does not know. */
const UNKNOWN_TIME_ZONE = '22023';

/** What a user has left and what they used; counted as the limits count it. 400 for an unknown time zone. */
export async function readUsage(
  services: Services,
  { userId }: Principal,
  query: z.infer<typeof UsageQuery>,
): Promise<Usage> {
  const [limits, used, bytes, days] = await Promise.all([
    effectiveLimits(services, userId),
    readUsed(services, userId),
    readStorage(services, userId),
    readDays(services, userId, query),
  ]);
  return { limits, used, storage: { bytes, maxBytes: limits.maxStorageBytes }, days };
}

async function readUsed({ reports }: Services, userId: string): Promise<Usage['used']> {
  const { rows } = await reports.$client.query<Usage['used']>({
    name: 'used-by-user',
    text: `SELECT
        (${activeChats('$1')}) AS chats,
        count(*) FILTER (WHERE state = 'running' AND ${isBidden('g')}) AS running,
        count(*) FILTER (WHERE state = 'queued' AND ${isBidden('g')}) AS waiting,
        count(*) FILTER (WHERE queued_at > now() - interval '1 minute' AND ${isBidden('g')}) AS "lastMinute",
        coalesce(sum(${TOKENS_COUNTED}) FILTER (WHERE queued_at > now() - interval '24 hours'), 0)::float8 AS tokens
      FROM generations g
      WHERE ${ownedBy('$1')} AND (queued_at > now() - interval '24 hours' OR state IN ('queued', 'running'))`,
    values: [userId],
  });
  return rows[0]!;
}

async function readDays(
  { reports }: Services,
  userId: string,
  { days, timeZone }: z.infer<typeof UsageQuery>,
): Promise<UsageDay[]> {
  try {
    const { rows } = await reports.$client.query<UsageDay>({
      name: 'usage-by-day',
      text: `WITH span AS (
          SELECT (date_trunc('day', now() AT TIME ZONE $2) - make_interval(days => $3 - 1)) AT TIME ZONE $2 AS since,
            usage_counted_to AS counted_to FROM instance
        ),
        used AS (
          SELECT quarter AS at, model_id, generations, completed, input_tokens, output_tokens, started, wait_ms
          FROM usage_quarters q, span WHERE ${ownedBy('$1', 'q')} AND quarter >= since
          UNION ALL
          SELECT queued_at, model_id, 1, (state = 'completed')::int, input_tokens, output_tokens,
            (started_at IS NOT NULL)::int, greatest(0, extract(epoch FROM started_at - queued_at)) * 1000
          FROM generations g, span WHERE ${ownedBy('$1')} AND queued_at >= greatest(since, counted_to)
        )
        SELECT to_char(at AT TIME ZONE $2, 'YYYY-MM-DD') AS day, model_id AS model,
          sum(generations)::int AS generations, sum(completed)::int AS completed,
          coalesce(sum(input_tokens), 0)::bigint AS "inputTokens",
          coalesce(sum(output_tokens), 0)::bigint AS "outputTokens",
          sum(started)::int AS started, coalesce(round(sum(wait_ms)), 0)::bigint AS "waitMs"
        FROM used GROUP BY 1, 2 ORDER BY 1, 2`,
      values: [userId, timeZone, days],
    });
    return rows;
  } catch (error) {
    if ((error as { code?: string }).code !== UNKNOWN_TIME_ZONE) throw error;
    throw invalidInput('timeZone', say('no_such_time_zone'));
  }
}
