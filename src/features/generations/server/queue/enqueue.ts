/** Joining the queue: inserting the generation row, which is the queue entry. */

import type { AgentVersionRef } from '#features/contexts/server/index.ts';
import { DEFAULT_TIMEOUTS } from '#features/endpoints/endpoints.ts';
import type { ResolvedModel } from '#features/endpoints/server/index.ts';
import type { Parameters } from '#features/settings/settings.ts';
import type { Tx } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { CHANNELS } from '#platform/signals.ts';
import { columnsOf, type GenerationRow } from '../generation-columns.ts';
import { EXPECTED_OUTPUT_COST, inputCost, isBidden, partyOf, USERS_WAITING, WEIGHT } from './fair-share.ts';

/** A generation that is about to be queued. */
export type NewGeneration = {
  id: string;
  userId: string;
  model: ResolvedModel;
  parameters: Parameters;
  /** The agent that answers, in the version that it has now. */
  agent?: AgentVersionRef | null;
  /** Of what the model is to read, as far as it is known now; decides the estimate of its cost. */
  inputCharacters: number;
  chatId?: string | null;
  /** The project that the chat is in. */
  projectId?: string | null;
  messageId?: string | null;
  userMessageId?: string | null;
  /** What the reply begins with, for the model to go on from. */
  opening?: string | null;
  retryOf?: string | null;
  /** The chat for which it makes a title, where it does just that. */
  titleOf?: string | null;
  /** 0 interactive, 1 batch, 2 background, `UNBIDDEN`. */
  class?: number;
  client?: string;
  input?: unknown;
};

/**
 * Queues a generation inside the caller's transaction, wakes the workers when that commits, and returns its row. A party that has
 * nothing waiting or running at the endpoint starts at the lowest active counter (with nobody active, at the
 * highest known), so that having been away earns no claim to catch up. What runs is left out of those counters: it is
 * charged by estimate, and the newcomer would wait behind everything by which the estimate turns out too high.
 */
export async function enqueue(
  client: Tx,
  generation: NewGeneration,
  originProcess: string,
): Promise<GenerationRow> {
  const { model } = generation;
  const { rows } = await client.query<Record<string, unknown>>({
    name: 'enqueue',
    text: ENQUEUE,
    values: [
      model.endpointId,
      generation.userId,
      generation.id,
      generation.chatId ?? null,
      generation.messageId ?? null,
      generation.userMessageId ?? null,
      generation.retryOf ?? null,
      model.modelName,
      model.modelId,
      JSON.stringify(generation.parameters),
      generation.input === undefined ? null : JSON.stringify(generation.input),
      generation.client ?? 'web',
      generation.class ?? 0,
      inputCost(generation.inputCharacters),
      originProcess,
      generation.opening ?? null,
      generation.agent?.id ?? null,
      generation.agent?.version ?? null,
      generation.projectId ?? null,
      generation.titleOf ?? null,
    ],
  });
  const { pg_notify: _sent, ...columns } = rows[0]!;
  return camelRow(columns);
}

const ENQUEUE = `
  WITH RECURSIVE ${USERS_WAITING},
  sender AS MATERIALIZED (
    SELECT guest_address, coalesce(guest_address, $2) AS party_id FROM (
      SELECT CASE WHEN is_anonymous THEN coalesce(guest_address, id) END AS guest_address FROM users WHERE id = $2) u
  ),
  unfinished AS (
    SELECT ${partyOf('g')} AS party_id, sum(g.estimate / ${WEIGHT}) AS charged
    FROM generations g JOIN users u ON u.id = g.user_id
    WHERE g.endpoint_id = $1 AND g.state = 'running' GROUP BY 1
  ),
  -- Who waits only with what they did not ask for is away.
  active AS (
    SELECT ${partyOf('w')} AS party_id FROM users_waiting w WHERE ${isBidden('w')} UNION SELECT party_id FROM unfinished
  ),
  floor AS (
    SELECT party_id, coalesce(
      (SELECT min(f.counter - coalesce(r.charged, 0))
       FROM fair_share f JOIN active USING (party_id) LEFT JOIN unfinished r USING (party_id)
       WHERE f.endpoint_id = $1),
      (SELECT max(counter) FROM fair_share WHERE endpoint_id = $1), 0) AS counter
    FROM sender WHERE party_id NOT IN (SELECT party_id FROM active)
  ),
  lifted AS (
    INSERT INTO fair_share AS f (endpoint_id, party_id, counter) SELECT $1, party_id, counter FROM floor
    ON CONFLICT (endpoint_id, party_id) DO UPDATE SET counter = excluded.counter WHERE f.counter < excluded.counter
  ),
  -- What the user's latest replies there cost tells what this one will.
  recent AS (
    SELECT endpoint_id, state, charged FROM generations WHERE user_id = $2 AND title_of IS NULL ORDER BY queued_at DESC, id DESC LIMIT 20
  ),
  usual AS (SELECT avg(charged) AS cost FROM recent WHERE endpoint_id = $1 AND state = 'completed'),
  queued AS (
    INSERT INTO generations (endpoint_id, user_id, id, chat_id, message_id, user_message_id, retry_of, model_name,
      model_id, parameters, input, client, class, opening, guest_address, agent_id, agent_version, project_id,
      title_of, estimate, queue_deadline)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $16, (SELECT guest_address FROM sender), $17, $18, $19,
      $20::uuid, greatest($14::float8, coalesce((SELECT cost FROM usual WHERE $20::uuid IS NULL), $14::float8 + ${EXPECTED_OUTPUT_COST})),
      now() + make_interval(secs => coalesce((timeouts->>'queueMs')::float8, ${DEFAULT_TIMEOUTS.queueMs}) / 1000)
    FROM endpoints WHERE id = $1
    RETURNING *
  )
  SELECT ${columnsOf('queued')}, pg_notify('${CHANNELS.wake}', $1::text || ' ' || $15::text) FROM queued`;
