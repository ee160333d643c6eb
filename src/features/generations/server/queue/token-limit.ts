/** The limit on tokens in 24 hours, over what was used and what still runs. */
import type { Limits } from '#features/accounts/accounts.ts';
import type { Tx } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import { say } from '../say.ts';

const DAY_MS = 86_400_000;

/**
 * What a generation counts: the tokens its server reported, else, so that a reply that is cut short is not free, what
 * it was charged. What waits or runs counts its estimate, which is rather high: a reservation, so that parallel sends
 * cannot all pass by the same room.
 */
export const TOKENS_COUNTED = `CASE WHEN finished_at IS NULL THEN greatest(1, estimate)
  ELSE coalesce(input_tokens + output_tokens, charged, 0) END`;

/** 429 `rate_limited` when the user's tokens of the last 24 hours are used up; `retryAt` is when some come back. */
export async function checkTokens(client: Tx, userId: string, { tokensPerDay }: Limits): Promise<void> {
  if (tokensPerDay === null) return;
  if (tokensPerDay === 0) throw new AppError('rate_limited', say('no_tokens'));
  const { rows } = await client.query<{ fullSince: Date | null }>({
    name: 'tokens-of-user',
    // Newest first: where the sum reaches the limit is what must grow old before there is room again.
    text: `SELECT max(queued_at) AS "fullSince" FROM (
        SELECT queued_at, sum(${TOKENS_COUNTED}) OVER (ORDER BY queued_at DESC, id DESC) AS used FROM generations
        WHERE user_id = $1 AND queued_at > now() - interval '24 hours') spent
      WHERE used >= $2`,
    values: [userId, tokensPerDay],
  });
  const fullSince = rows[0]?.fullSince;
  if (!fullSince) return;
  const retryAt = new Date(fullSince.getTime() + DAY_MS);
  throw new AppError('rate_limited', say('tokens_a_day', { max: tokensPerDay }), { retryAt });
}
