/** Claiming: taking as many of the next generations of an endpoint, in fair order, as it has free slots. */
import { type Database, rawTransaction } from '#platform/database/database.ts';
import { FAIR_ORDER, waitingCtes } from './fair-share.ts';

/** How long a claim holds without a heartbeat. Longer than any stall a healthy process has. */
export const LEASE_SECONDS = 15;

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
  queuedAt: Date;
  startedAt: Date;
};

/**
 * Claims for one worker. Two statements in one transaction: the endpoint's row is locked first, so the count that
 * follows sees every claim that came before, in whatever process, and never more run than there are slots.
 * A circuit that is being tried again lets one through.
 */
export async function claim(db: Database, endpointId: string, workerId: string): Promise<Claimed[]> {
  return rawTransaction(db, async (client) => {
    const endpoint = await client.query<{ slots: number }>({
      name: 'claim-lock',
      text: LOCK,
      values: [endpointId],
    });
    const slots = endpoint.rows[0]?.slots;
    if (!slots) return [];
    const claimed = await client.query<Claimed>({
      name: 'claim-take',
      text: TAKE,
      values: [endpointId, slots, workerId, LEASE_SECONDS],
    });
    return claimed.rows;
  });
}

// NO KEY: sends insert rows that refer to the endpoint, and need not wait for a claim.
const LOCK = `
  SELECT CASE WHEN failures > 0 AND retry_at IS NOT NULL THEN 1 ELSE slots END AS slots
  FROM endpoints
  WHERE id = $1 AND enabled AND paused_at IS NULL AND (retry_at IS NULL OR retry_at <= now())
  FOR NO KEY UPDATE`;

const TAKE = `
  WITH RECURSIVE free AS (
    SELECT greatest(0, $2::int - count(*))::int AS slots FROM generations
    WHERE endpoint_id = $1 AND state = 'running' AND lease_until > now()
  ),
  ${waitingCtes('(SELECT slots FROM free)')},
  busy AS (
    SELECT user_id, count(*)::int AS running FROM generations WHERE state = 'running' GROUP BY user_id
  ),
  allowed AS (
    SELECT w.id, w.class, w.tag, w.ordinal,
      coalesce(b.running, 0) + row_number() OVER (PARTITION BY w.user_id ORDER BY w.class, w.ordinal) AS would_run,
      coalesce(u.max_concurrent, (SELECT (settings->>'maxConcurrent')::int FROM instance), 2147483647) AS may_run
    FROM waiting w JOIN users u ON u.id = w.user_id LEFT JOIN busy b ON b.user_id = w.user_id
  ),
  next AS (
    SELECT id FROM allowed WHERE would_run <= may_run
    ORDER BY ${FAIR_ORDER} LIMIT (SELECT slots FROM free)
  ),
  taken AS (
    UPDATE generations g SET state = 'running', worker_id = $3, epoch = epoch + 1, started_at = now(),
      lease_until = now() + make_interval(secs => $4), queue_deadline = NULL
    FROM next WHERE g.id = next.id AND g.state = 'queued'
    RETURNING g.*
  ),
  charged AS (
    INSERT INTO fair_share AS f (endpoint_id, user_id, counter)
    SELECT $1, t.user_id, sum(t.estimate / coalesce(u.weight, 1)) FROM taken t JOIN users u ON u.id = t.user_id
    GROUP BY t.user_id
    ON CONFLICT (endpoint_id, user_id) DO UPDATE SET counter = f.counter + excluded.counter
  )
  SELECT id, epoch, user_id AS "userId", chat_id AS "chatId", message_id AS "messageId",
    user_message_id AS "userMessageId", endpoint_id AS "endpointId", model_name AS "modelName",
    model_id AS "modelId", parameters, input, queued_at AS "queuedAt", started_at AS "startedAt"
  FROM taken`;
