/**
 * Fair order: classes first, then the least served user, first in first out within a user.
 * Virtual Token Counter (Sheng et al., "Fairness in Serving Large Language Models", OSDI '24): each user carries a
 * counter per endpoint, charged with the tokens served to them; who was idle starts at the lowest active counter.
 * Here a generation is charged its estimate when it starts and the difference to the real cost when it ends.
 * Bound: with one slot, two users who always wait differ by at most one generation's cost; each further slot adds
 * what one estimate may be wrong by.
 */
import { BUILT_IN_LIMITS } from '#features/accounts/server/index.ts';

/** Fair-share units per token: writing a token costs a model server more than reading one. */
export const PRICE = { input: 1, output: 2 } as const;
/** Assumed of a user whose replies at the endpoint are not known yet. */
const EXPECTED_OUTPUT_TOKENS = 256;
/** A common rule of thumb for the tokens of a text. */
const CHARACTERS_PER_TOKEN = 4;

/** What reading a text costs, in fair-share units. */
export const inputCost = (characters: number): number => estimateTokens(characters) * PRICE.input;

/** What writing a reply costs that nothing is known about. */
export const EXPECTED_OUTPUT_COST = EXPECTED_OUTPUT_TOKENS * PRICE.output;

/** What a generation cost, in fair-share units. */
export const costOf = (inputTokens: number, outputTokens: number): number =>
  inputTokens * PRICE.input + outputTokens * PRICE.output;

/** Tokens of a text, where the server does not count them. */
export const estimateTokens = (characters: number): number => Math.ceil(characters / CHARACTERS_PER_TOKEN);

/**
 * SQL for who waits at endpoint `$1`: a recursive CTE `users_waiting(class, user_id)` that jumps from user to user
 * over the queue's index, so its cost grows with users, not with what they have waiting.
 */
export const USERS_WAITING = `
  users_waiting AS (
    (SELECT class, user_id FROM generations WHERE endpoint_id = $1 AND state = 'queued'
     ORDER BY class, user_id LIMIT 1)
    UNION ALL
    SELECT next.class, next.user_id FROM users_waiting known, LATERAL (
      SELECT class, user_id FROM generations WHERE endpoint_id = $1 AND state = 'queued'
        AND (class, user_id) > (known.class, known.user_id)
      ORDER BY class, user_id LIMIT 1) next
  )`;

/** SQL for the share of user `u` compared with others: their own weight, else the instance's default, else 1. */
export const WEIGHT = `coalesce(u.weight, (SELECT (settings->>'weight')::float8 FROM instance), ${BUILT_IN_LIMITS.weight})`;

/**
 * SQL for the waiting generations of endpoint `$1` in fair order, at most `perUser` of each user and class:
 * a CTE list that ends in `waiting(id, user_id, class, ordinal, tag)`. `tag` is the user's counter by the time that
 * generation is next, had everything of theirs before it been charged.
 */
export const waitingCtes = (perUser: string): string => `
${USERS_WAITING},
  waiting AS (
    SELECT g.id, known.user_id, known.class, g.ordinal,
      coalesce(f.counter, 0) + (sum(g.estimate) OVER (PARTITION BY known.user_id ORDER BY known.class, g.ordinal)
        - g.estimate) / ${WEIGHT} AS tag
    FROM users_waiting known
    JOIN users u ON u.id = known.user_id
    LEFT JOIN fair_share f ON f.endpoint_id = $1 AND f.user_id = known.user_id
    CROSS JOIN LATERAL (
      SELECT id, ordinal, estimate FROM generations
      WHERE endpoint_id = $1 AND state = 'queued' AND class = known.class AND user_id = known.user_id
      ORDER BY ordinal LIMIT ${perUser}) g
  )`;
/** The order that goes with `waitingCtes`. A class below 0 is what an admin moved to the front. */
export const FAIR_ORDER = 'class, tag, ordinal';
