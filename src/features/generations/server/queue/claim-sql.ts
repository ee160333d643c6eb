/** The statements of a claim; what they do together is told in `claim.ts`. */
import { addressLimitSql, limitSql } from '#features/accounts/server/index.ts';
import { CIRCUIT_OPEN, knownWindow } from '#features/endpoints/server/index.ts';
import { LOCKS } from '#platform/signals.ts';
import { FAIR_ORDER, isBidden, partyOf, WEIGHT, waitingCtes } from './fair-share.ts';

/**
 * Locks the endpoint. NO KEY: sends insert rows that refer to the endpoint, and need not wait for a claim. One slot while a
 * circuit that was open is tried. Nothing is locked, and nothing written, when nobody waits: whoever sends next wakes us
 * after that. `guests` is as of before the lock was waited for: then guests who came meanwhile are left to the next claim,
 * for which they wake us as well.
 */
export const LOCK = `
  SELECT CASE WHEN retry_at IS NOT NULL THEN 1 ELSE slots END AS slots, EXISTS (
    SELECT FROM generations WHERE endpoint_id = $1 AND state = 'queued' AND guest_address IS NOT NULL) AS guests
  FROM endpoints e WHERE id = $1 AND enabled AND paused_at IS NULL AND NOT ${CIRCUIT_OPEN}
    AND EXISTS (SELECT FROM generations WHERE endpoint_id = $1 AND state = 'queued')
  FOR NO KEY UPDATE`;

/** How many of user `u`, and of all guests of one address, may run at a time, at all endpoints together. */
const MAY_RUN = limitSql('maxConcurrent');
const ADDRESS_MAY_RUN = addressLimitSql('maxConcurrent');

/**
 * For rows that are looked up by id. Said so that no index of the queue fits: how many are waiting changes faster than
 * the planner's statistics, and it would read the whole queue for what it takes to be a handful.
 */
const IS_QUEUED = `CASE WHEN g.state = 'queued' THEN true END`;

/** Picks the next in fair order, and locks their users; with guests, also by their addresses. */
export const pick = (withGuests: boolean): string => `
  WITH RECURSIVE free AS (
    SELECT greatest(0, $2::int - count(*))::int AS slots FROM generations
    WHERE endpoint_id = $1 AND state = 'running' AND lease_until > now()
  ),
  ${waitingCtes('(SELECT slots FROM free)', withGuests)},
  busy AS MATERIALIZED (
    SELECT user_id, count(*) AS running FROM generations g
    WHERE state = 'running' AND lease_until > now() AND ${isBidden('g')} GROUP BY user_id
  ),
  allowed AS (
    SELECT w.*, coalesce(b.running, 0) + w.nth <= ${MAY_RUN} AS may_run
    FROM waiting w JOIN users u ON u.id = w.user_id LEFT JOIN busy b ON b.user_id = w.user_id
  ),
  ${withGuests ? ADMITTED : 'admitted AS (SELECT * FROM allowed WHERE may_run AND guest_address IS NULL)'},
  next AS (
    SELECT id, user_id, guest_address, class, tag, ordinal FROM admitted
    ORDER BY ${FAIR_ORDER} LIMIT (SELECT slots FROM free)
  ),
  locked AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(${LOCKS.claims}, key) AS lock
    FROM (${withGuests ? KEYS_WITH_GUESTS : 'SELECT DISTINCT hashtext(user_id::text) AS key FROM next'} ORDER BY key) keys
  )
  SELECT id FROM next WHERE (SELECT count(lock::text) FROM locked) > 0 ORDER BY ${FAIR_ORDER}`;

// Of those whose own limit lets them run, as many of each address as its limit does.
const ADMITTED = `
  busy_there AS MATERIALIZED (
    SELECT guest_address, count(*) AS running FROM generations g
    WHERE state = 'running' AND lease_until > now() AND guest_address IS NOT NULL AND ${isBidden('g')}
    GROUP BY guest_address
  ),
  admitted AS (
    SELECT * FROM (
      SELECT a.*, coalesce(b.running, 0)
        + row_number() OVER (PARTITION BY a.guest_address ORDER BY a.class, a.ordinal) AS nth_there
      FROM allowed a LEFT JOIN busy_there b ON b.guest_address = a.guest_address WHERE a.may_run) counted
    WHERE guest_address IS NULL OR nth_there <= ${ADDRESS_MAY_RUN}
  )`;
const KEYS_WITH_GUESTS = `
  SELECT hashtext(user_id::text) AS key FROM next
  UNION SELECT hashtext(guest_address::text) FROM next WHERE guest_address IS NOT NULL`;

/** Takes those of the picked whose users, and addresses, still have fewer running than they may; and charges their parties. */
export const take = (withGuests: boolean): string => `
  WITH picked AS MATERIALIZED (
    SELECT g.id, g.user_id, g.guest_address, p.place FROM unnest($2::uuid[]) WITH ORDINALITY p(id, place)
    JOIN generations g ON g.id = p.id WHERE ${IS_QUEUED} AND g.endpoint_id = $1
  ),
  allowed AS MATERIALIZED (
    SELECT p.id, row_number() OVER (PARTITION BY p.user_id ORDER BY p.place) + (
      SELECT count(*) FROM generations r
      WHERE r.user_id = p.user_id AND r.state = 'running' AND r.lease_until > now() AND ${isBidden('r')}
    ) <= ${MAY_RUN} ${withGuests ? ADDRESS_STILL_MAY : ''} AS may_run
    FROM picked p JOIN users u ON u.id = p.user_id
  ),
  taken AS (
    UPDATE generations g SET state = 'running', worker_id = $3, epoch = epoch + 1, started_at = now(),
      lease_until = now() + make_interval(secs => $4), queue_deadline = NULL
    FROM allowed WHERE g.id = allowed.id AND allowed.may_run AND ${IS_QUEUED}
    RETURNING g.*
  ),
  charged AS (
    INSERT INTO fair_share AS f (endpoint_id, party_id, counter)
    SELECT $1, ${partyOf('t')}, sum(t.estimate / ${WEIGHT}) FROM taken t JOIN users u ON u.id = t.user_id
    GROUP BY 2
    ON CONFLICT (endpoint_id, party_id) DO UPDATE SET counter = f.counter + excluded.counter
  )
  SELECT id, epoch, user_id AS "userId", chat_id AS "chatId", message_id AS "messageId",
    user_message_id AS "userMessageId", endpoint_id AS "endpointId", model_name AS "modelName",
    model_id AS "modelId", parameters, input, opening, title_of AS "titleOf", project_id AS "projectId", agent_id AS "agentId", agent_version AS "agentVersion",
    queued_at AS "queuedAt", started_at AS "startedAt",
    model.*
  FROM taken JOIN picked USING (id, user_id) LEFT JOIN LATERAL (
    SELECT ${knownWindow('m', 'e')} AS "contextWindow", m.token_ratios AS "tokenRatios"
    FROM models m JOIN endpoints e ON e.id = m.endpoint_id WHERE m.endpoint_id = $1 AND m.name = model_name) model ON true
  ORDER BY place`;

const ADDRESS_STILL_MAY = `
  AND (p.guest_address IS NULL OR row_number() OVER (PARTITION BY p.guest_address ORDER BY p.place) + (
    SELECT count(*) FROM generations r
    WHERE r.guest_address = p.guest_address AND r.state = 'running' AND r.lease_until > now() AND ${isBidden('r')}
  ) <= ${ADDRESS_MAY_RUN})`;
