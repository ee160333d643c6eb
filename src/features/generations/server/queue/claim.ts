/** Claiming: taking as many of the next generations of an endpoint, in fair order, as it has free slots. */
import { BUILT_IN_LIMITS } from '#features/accounts/server/index.ts';
import { CIRCUIT_OPEN } from '#features/endpoints/server/index.ts';
import { REAL_CLOCK } from '#platform/clock.ts';
import { type Database, inTransaction } from '#platform/database/database.ts';
import { LOCKS } from '#platform/signals.ts';
import { FAIR_ORDER, WEIGHT, waitingCtes } from './fair-share.ts';

/** A generation this worker may run now, under `epoch`. */
export type Claimed = {
  id: string;
  epoch: number;
  userId: string;
  chatId: string | null;
  messageId: string | null;
  userMessageId: string | null;
  endpointId: string;
  modelName: string;
  modelId: string;
  parameters: Record<string, unknown>;
  input: unknown;
  /** What the reply begins with; null for all but continued ones. */
  opening: string | null;
  /** Tokens that the model can read; null where its server does not say. */
  contextWindow: number | null;
  queuedAt: Date;
  startedAt: Date;
};

/** Between two looks something must have ended or been claimed elsewhere; more in a row than this is not believed. */
const MAX_LOOKS = 10;

/**
 * Claims for one worker, as many as there are free slots, for `leaseMs`. Exact, because every count is made by a statement that
 * begins after the lock it depends on was taken:
 *
 * 1. The endpoint's row is locked, so that the count of what runs there sees every claim that came before, in
 *    whatever process, and never more run than there are slots.
 * 2. The next in fair order are picked, and their users locked, in one order everywhere: another endpoint may be
 *    claiming for the same users at this moment.
 * 3. Those are taken whose users still have fewer running than they may. When some were not, the slot may be
 *    another user's, and all of it is done once more.
 */
export async function claim(
  db: Database,
  endpointId: string,
  workerId: string,
  leaseMs: number = REAL_CLOCK.leaseMs,
): Promise<Claimed[]> {
  const claimed: Claimed[] = [];
  for (let look = 0; look < MAX_LOOKS; look++) {
    const { picked, taken } = await take(db, endpointId, workerId, leaseMs);
    claimed.push(...taken);
    if (taken.length === picked) break;
  }
  return claimed;
}

function take(
  db: Database,
  endpointId: string,
  workerId: string,
  leaseMs: number,
): Promise<{ picked: number; taken: Claimed[] }> {
  return inTransaction(db, async (client) => {
    const endpoint = await client.query<{ slots: number }>({
      name: 'claim-lock',
      text: LOCK,
      values: [endpointId],
    });
    const slots = endpoint.rows[0]?.slots;
    if (!slots) return { picked: 0, taken: [] };
    const next = await client.query<{ id: string }>({
      name: 'claim-pick',
      text: PICK,
      values: [endpointId, slots],
    });
    if (next.rows.length === 0) return { picked: 0, taken: [] };
    const ids = next.rows.map((row) => row.id);
    const { rows } = await client.query<Claimed>({
      name: 'claim-take',
      text: TAKE,
      values: [endpointId, ids, workerId, leaseMs / 1000],
    });
    return { picked: ids.length, taken: rows };
  });
}

// NO KEY: sends insert rows that refer to the endpoint, and need not wait for a claim. One slot while a circuit that
// was open is tried. Nothing is locked, and nothing written, when nobody waits: whoever sends next wakes us after that.
const LOCK = `
  SELECT CASE WHEN retry_at IS NOT NULL THEN 1 ELSE slots END AS slots
  FROM endpoints e WHERE id = $1 AND enabled AND paused_at IS NULL AND NOT ${CIRCUIT_OPEN}
    AND EXISTS (SELECT FROM generations WHERE endpoint_id = $1 AND state = 'queued')
  FOR NO KEY UPDATE`;

/** How many of user `u` may run at a time, at all endpoints together. */
const MAY_RUN = `coalesce(u.max_concurrent, (SELECT (settings->>'maxConcurrent')::int FROM instance), ${BUILT_IN_LIMITS.maxConcurrent})`;

/**
 * For rows that are looked up by id. Said so that no index of the queue fits: how many are waiting changes faster than
 * the planner's statistics, and it would read the whole queue for what it takes to be a handful.
 */
const IS_QUEUED = `CASE WHEN g.state = 'queued' THEN true END`;

const PICK = `
  WITH RECURSIVE free AS (
    SELECT greatest(0, $2::int - count(*))::int AS slots FROM generations
    WHERE endpoint_id = $1 AND state = 'running' AND lease_until > now()
  ),
  ${waitingCtes('(SELECT slots FROM free)')},
  busy AS MATERIALIZED (
    SELECT user_id, count(*) AS running FROM generations WHERE state = 'running' AND lease_until > now()
    GROUP BY user_id
  ),
  allowed AS (
    SELECT w.*, coalesce(b.running, 0) + row_number() OVER (PARTITION BY w.user_id ORDER BY w.class, w.ordinal)
      <= ${MAY_RUN} AS may_run
    FROM waiting w JOIN users u ON u.id = w.user_id LEFT JOIN busy b ON b.user_id = w.user_id
  ),
  next AS (
    SELECT id, user_id, class, tag, ordinal FROM allowed WHERE may_run
    ORDER BY ${FAIR_ORDER} LIMIT (SELECT slots FROM free)
  ),
  locked AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(${LOCKS.claims}, key) AS lock
    FROM (SELECT DISTINCT hashtext(user_id::text) AS key FROM next ORDER BY key) keys
  )
  SELECT id FROM next WHERE (SELECT count(lock::text) FROM locked) > 0 ORDER BY ${FAIR_ORDER}`;

const TAKE = `
  WITH picked AS MATERIALIZED (
    SELECT g.id, g.user_id, p.place FROM unnest($2::uuid[]) WITH ORDINALITY p(id, place)
    JOIN generations g ON g.id = p.id WHERE ${IS_QUEUED} AND g.endpoint_id = $1
  ),
  allowed AS MATERIALIZED (
    SELECT p.id, row_number() OVER (PARTITION BY p.user_id ORDER BY p.place) + (
      SELECT count(*) FROM generations r
      WHERE r.user_id = p.user_id AND r.state = 'running' AND r.lease_until > now()
    ) <= ${MAY_RUN} AS may_run
    FROM picked p JOIN users u ON u.id = p.user_id
  ),
  taken AS (
    UPDATE generations g SET state = 'running', worker_id = $3, epoch = epoch + 1, started_at = now(),
      lease_until = now() + make_interval(secs => $4), queue_deadline = NULL
    FROM allowed WHERE g.id = allowed.id AND allowed.may_run AND ${IS_QUEUED}
    RETURNING g.*
  ),
  charged AS (
    INSERT INTO fair_share AS f (endpoint_id, user_id, counter)
    SELECT $1, t.user_id, sum(t.estimate / ${WEIGHT}) FROM taken t JOIN users u ON u.id = t.user_id
    GROUP BY t.user_id
    ON CONFLICT (endpoint_id, user_id) DO UPDATE SET counter = f.counter + excluded.counter
  )
  SELECT id, epoch, user_id AS "userId", chat_id AS "chatId", message_id AS "messageId",
    user_message_id AS "userMessageId", endpoint_id AS "endpointId", model_name AS "modelName",
    model_id AS "modelId", parameters, input, opening,
    (SELECT context_window FROM models m WHERE m.endpoint_id = $1 AND m.name = model_name) AS "contextWindow", queued_at AS "queuedAt", started_at AS "startedAt"
  FROM taken JOIN picked USING (id, user_id) ORDER BY place`;
