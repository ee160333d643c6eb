/** The one way a generation ends: one transaction folds the text, logs the last event, and frees the slot. */

import { countReply, replyGrowth } from '#features/accounts/server/index.ts';
import type { Ending } from '#features/messages/endings.ts';
import type { Queryable } from '#platform/database/database.ts';
import { CHANNELS } from '#platform/signals.ts';
import type { ReplyState } from '../../apply-event.ts';
import { tellEndedSql } from '../followers/when-ended.ts';
import { partyOf, WEIGHT } from '../queue/fair-share.ts';
import { endingEvent, type GenerationEnd } from '../stream/ending-event.ts';
import { encodeRow, type LogEntry, toEntry } from '../stream/log-entry.ts';

/**
 * Ends a generation that is at `epoch`, whose log holds everything up to `unlogged[0]`. Returns the entries to
 * publish, ending with the terminal one; null when somebody else has ended it or taken it over, and then nothing
 * has changed. `originProcess` is told in the wake-up, so that it need not wake itself.
 */
export async function finishGeneration(
  db: Queryable,
  generation: { id: string; epoch: number },
  ending: GenerationEnd,
  known: { reply: ReplyState; unlogged: readonly LogEntry[] },
  originProcess: string,
): Promise<LogEntry[] | null> {
  const last = toEntry(endingEvent(ending), known.reply.seq + 1);
  const entries = [...known.unlogged, last];
  const { state, error, metadata } = ending;
  const result = await db.query({
    name: 'finish-generation',
    text: FINISH,
    values: [
      generation.id,
      generation.epoch,
      state,
      metadata.inputTokens,
      metadata.outputTokens,
      ending.finishReason,
      error ? JSON.stringify(error) : null,
      metadata.ttftMs,
      metadata.durationMs,
      ending.cost,
      entries[0]!.seq,
      last.seq,
      encodeRow(entries),
      JSON.stringify(known.reply.content),
      JSON.stringify(toEnding(ending, known.reply)),
      originProcess,
      metadata.tokensEstimated ?? false,
    ],
  });
  return result.rowCount === 0 ? null : entries;
}

/** What the message keeps of it. Who ends it from outside knows the stamp from the log. */
const toEnding = (
  { state, error, finishReason, metadata, context }: GenerationEnd,
  logged: ReplyState,
): Ending => ({
  state,
  error,
  finishReason,
  ...metadata,
  context: context ?? logged.context,
});

// Locks the generation, then its party's counter, then what the user has stored; not the chat, which a send locks before the counter (deadlock).
// Wakes the endpoint, and others where the user waits: one running less may be what they waited for there.
// The primary key of the log refuses the insert when another worker has written on since; the caller sees an error
// of class 23 then, and nothing has changed.
const FINISH = `
  WITH ended AS (
    UPDATE generations SET state = $3, stage = NULL, finished_at = now(), lease_until = NULL, worker_id = NULL,
      queue_deadline = NULL, input = NULL, input_tokens = $4, output_tokens = $5, finish_reason = $6, error = $7,
      ttft_ms = $8, duration_ms = $9, charged = coalesce($10, CASE WHEN started_at IS NULL THEN 0 ELSE estimate END),
      last_seq = $12, tokens_estimated = $17,
      first_token_at = CASE WHEN $8::int IS NULL THEN first_token_at ELSE coalesce(first_token_at, now()) END
    WHERE id = $1 AND epoch = $2 AND state IN ('queued', 'running')
    RETURNING *
  ), logged AS (
    INSERT INTO generation_events (generation_id, first_seq, last_seq, events)
    SELECT id, $11, $12, $13::json FROM ended
  ), folded AS (
    UPDATE messages m SET content = $14, ending = $15
    FROM ended WHERE m.id = ended.message_id
    RETURNING ${replyGrowth('ended.opening')}
  ), corrected AS (
    UPDATE fair_share f SET counter = greatest(0, f.counter + (e.charged - e.estimate) / ${WEIGHT})
    FROM ended e JOIN users u ON u.id = e.user_id
    WHERE f.endpoint_id = e.endpoint_id AND f.party_id = ${partyOf('e')} AND e.started_at IS NOT NULL
    RETURNING f.party_id
  ), ${countReply('corrected')}, elsewhere AS (
    SELECT DISTINCT w.endpoint_id FROM ended e JOIN generations w ON w.user_id = e.user_id AND w.state = 'queued'
    WHERE w.endpoint_id <> e.endpoint_id
  )
  SELECT pg_notify('${CHANNELS.wake}', concat_ws(' ', endpoint_id::text, $16::text)) FROM ended
  UNION ALL
  SELECT pg_notify('${CHANNELS.wake}', endpoint_id::text) FROM elsewhere
  UNION ALL
  SELECT ${tellEndedSql('id')} FROM ended
  WHERE EXISTS (SELECT FROM generation_followers f WHERE f.generation_id = ended.id)`;
