/**
 * Fair order: classes first, then the least served party, first in first out within a party.
 * Virtual Token Counter (Sheng et al., "Fairness in Serving Large Language Models", OSDI '24): each party carries a
 * counter per endpoint, charged with the tokens served to it; who was idle starts at the lowest active counter. A party is
 * a user, or all guests of one address: a guest costs nothing to become, so each of them for themselves would be as many
 * turns as somebody likes.
 * Here a generation is charged its estimate when it starts and the difference to the real cost when it ends.
 * Bound: with one slot, two parties that always wait differ by at most one generation's cost; each further slot adds
 * what one estimate may be wrong by.
 */
import { limitSql } from '#features/accounts/server/index.ts';

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

/** SQL: the party of generation `g`: the address of a guest, else the user. */
export const partyOf = (g: string): string => `coalesce(${g}.guest_address, ${g}.user_id)`;

/**
 * The class of what nobody asked for, such as titles of chats: after everything else, and called `background`. It takes nobody's
 * place: no limit of a user or of a line counts it.
 */
export const UNBIDDEN = 3;
/** SQL: somebody asked for generation `g`, or sees to it that it goes before others. */
export const isBidden = (g: string): string => `${g}.class < ${UNBIDDEN}`;

/**
 * SQL for who waits at endpoint `$1`: a recursive CTE `users_waiting(class, user_id, guest_address)` that jumps from user
 * to user over the queue's index, so its cost grows with users, not with what they have waiting.
 */
export const USERS_WAITING = `
  users_waiting AS (
    (SELECT class, user_id, guest_address FROM generations WHERE endpoint_id = $1 AND state = 'queued'
     ORDER BY class, user_id LIMIT 1)
    UNION ALL
    SELECT next.class, next.user_id, next.guest_address FROM users_waiting known, LATERAL (
      SELECT class, user_id, guest_address FROM generations WHERE endpoint_id = $1 AND state = 'queued'
        AND (class, user_id) > (known.class, known.user_id)
      ORDER BY class, user_id LIMIT 1) next
  )`;

/** SQL for the share of user `u` compared with others: their own weight, else the instance's default, else 1. */
export const WEIGHT = limitSql('weight');

/**
 * SQL for the waiting generations of endpoint `$1` in fair order, at most `perUser` of each user and class:
 * a CTE list that ends in `waiting(id, user_id, guest_address, class, nth, ordinal, tag)`. `tag` is the party's counter by the
 * time that generation is next, had everything of the party before it been charged; `nth` counts within the user. Without guests every
 * user is a party, which is simpler to plan and quicker to run.
 */
export const waitingCtes = (perUser: string, withGuests = true): string => `
${USERS_WAITING},
  waiting AS (
    SELECT g.id, known.user_id, g.guest_address, known.class, g.ordinal,
      row_number() OVER (PARTITION BY known.user_id ORDER BY known.class, g.ordinal) AS nth,
      coalesce(f.counter, 0) + (sum(g.estimate) OVER (
        PARTITION BY ${withGuests ? partyOf('g') : 'known.user_id'} ORDER BY known.class, g.ordinal) - g.estimate)
        / ${WEIGHT} AS tag
    FROM users_waiting known
    JOIN users u ON u.id = known.user_id
    CROSS JOIN LATERAL (
      SELECT id, ordinal, estimate, user_id, guest_address FROM generations
      WHERE endpoint_id = $1 AND state = 'queued' AND class = known.class AND user_id = known.user_id
      ORDER BY ordinal LIMIT ${perUser}) g
    LEFT JOIN fair_share f ON f.endpoint_id = $1 AND f.party_id = ${withGuests ? partyOf('g') : 'known.user_id'}
  )`;
/** The order that goes with `waitingCtes`. A class below 0 is what an admin moved to the front. */
export const FAIR_ORDER = 'class, tag, ordinal';
