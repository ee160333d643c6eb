/** Joining the queue: inserting the generation row, which is the queue entry. */
import type { PoolClient } from 'pg';
import type { Parameters } from '#features/chats/chats.ts';
import type { ResolvedModel } from '#features/endpoints/server/index.ts';
import { estimateCost, USERS_WAITING } from './fair-share.ts';

/** A generation that is about to be queued. */
export type NewGeneration = {
  id: string;
  userId: string;
  model: ResolvedModel;
  parameters: Parameters;
  /** Of what the model is to read, as far as it is known now; decides the estimate of its cost. */
  inputCharacters: number;
  chatId?: string | null;
  messageId?: string | null;
  userMessageId?: string | null;
  retryOf?: string | null;
  /** 0 interactive, 1 batch, 2 background. */
  class?: number;
  client?: string;
  input?: unknown;
};

/**
 * Queues a generation inside the caller's transaction and wakes the workers when that commits. A user who has
 * nothing waiting or running at the endpoint starts at the lowest active counter (with nobody active, at the
 * highest known), so that having been away earns no claim to catch up.
 */
export async function enqueue(
  client: PoolClient,
  generation: NewGeneration,
  originProcess: string,
): Promise<void> {
  const { model } = generation;
  await client.query({ name: 'lift-counter', text: LIFT, values: [model.endpointId, generation.userId] });
  await client.query({
    name: 'enqueue',
    text: ENQUEUE,
    values: [
      generation.id,
      generation.userId,
      generation.chatId ?? null,
      generation.messageId ?? null,
      generation.userMessageId ?? null,
      generation.retryOf ?? null,
      model.endpointId,
      model.modelName,
      model.modelId,
      JSON.stringify(generation.parameters),
      generation.input === undefined ? null : JSON.stringify(generation.input),
      generation.client ?? 'web',
      generation.class ?? 0,
      estimateCost(generation.inputCharacters),
      originProcess,
    ],
  });
}

const LIFT = `
  WITH RECURSIVE ${USERS_WAITING},
  active AS (
    SELECT user_id FROM users_waiting
    UNION SELECT user_id FROM generations WHERE endpoint_id = $1 AND state = 'running'
  ),
  floor AS (
    SELECT coalesce(
      (SELECT min(counter) FROM fair_share JOIN active USING (user_id) WHERE endpoint_id = $1),
      (SELECT max(counter) FROM fair_share WHERE endpoint_id = $1), 0) AS counter
    WHERE $2 NOT IN (SELECT user_id FROM active)
  )
  INSERT INTO fair_share AS f (endpoint_id, user_id, counter) SELECT $1, $2, counter FROM floor
  ON CONFLICT (endpoint_id, user_id) DO UPDATE SET counter = excluded.counter WHERE f.counter < excluded.counter`;

const ENQUEUE = `
  WITH queued AS (
    INSERT INTO generations (id, user_id, chat_id, message_id, user_message_id, retry_of, endpoint_id, model_name,
      model_id, parameters, input, client, class, estimate, queue_deadline)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
      now() + make_interval(secs => coalesce((timeouts->>'queueMs')::float8, 3600000) / 1000)
    FROM endpoints WHERE id = $7
    RETURNING id
  )
  SELECT pg_notify('parley_wake', $7::text || ' ' || $15::text) FROM queued`;
