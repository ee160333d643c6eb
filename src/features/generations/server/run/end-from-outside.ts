/** Ending a generation that no worker of ours is writing: while it waits, or when its worker is lost. */

import type { GenerationError, TerminalState } from '#features/messages/endings.ts';
import { type Database, inTransaction } from '#platform/database/database.ts';
import { generationTopic } from '#platform/live-bus/live-bus.ts';
import type { Services } from '#platform/services.ts';
import { CHANNELS } from '#platform/signals.ts';
import type { ReplyState } from '../../apply-event.ts';
import { tellEnded } from '../observations.ts';
import { WEIGHT } from '../queue/fair-share.ts';
import { fold, readLog } from '../stream/event-log.ts';
import { type EntriesMessage, type LogEntry, toEntry } from '../stream/log-entry.ts';
import { finishGeneration } from './finish-generation.ts';
import { lacking } from './open-reply.ts';

type Row = {
  id: string;
  epoch: number;
  modelId: string;
  messageId: string | null;
  opening: string | null;
  waitMs: number | null;
  durationMs: number | null;
};

/**
 * Ends a generation on behalf of nobody who runs it: raises the epoch, so that a worker that comes back is refused,
 * keeps the text the log holds, and tells every reader. `condition` is SQL over the row (`g`) that must hold once
 * the row is locked; false when it did not.
 */
export async function endFromOutside(
  services: Pick<Services, 'db' | 'bus'>,
  generationId: string,
  condition: string,
  ending: { state: TerminalState; error: GenerationError | null },
): Promise<boolean> {
  const ended = await inTransaction<{ entries: LogEntry[]; row: Row } | null>(services.db, async (client) => {
    const { rows } = await client.query<Row>(
      `UPDATE generations g SET epoch = epoch + 1
       WHERE id = $1 AND state IN ('queued', 'running') AND (${condition})
       RETURNING id, epoch, model_id AS "modelId", message_id AS "messageId", opening,
         extract(epoch FROM started_at - queued_at)::float8 * 1000 AS "waitMs",
         (extract(epoch FROM now() - started_at) * 1000)::int AS "durationMs"`,
      [generationId],
    );
    const row = rows[0];
    if (!row) return null;
    const known = openingOf(row, fold(await readLog(client, generationId, 0)));
    const metadata = {
      model: row.modelId,
      inputTokens: null,
      outputTokens: null,
      ttftMs: null,
      durationMs: row.durationMs,
    };
    const entries = await finishGeneration(
      client,
      row,
      { ...ending, finishReason: null, metadata, cost: null },
      known,
      services.bus.processId,
    );
    return entries && { entries, row };
  });
  if (!ended) return false;
  const message: EntriesMessage = { type: 'entries', entries: ended.entries };
  services.bus.publishStream(generationTopic(generationId), message);
  const { modelId, waitMs, durationMs } = ended.row;
  const unknown = { ttftMs: null, inputTokens: null, outputTokens: null };
  tellEnded(services.bus, {
    ...unknown,
    modelId,
    waitMs,
    durationMs,
    state: ending.state,
    code: ending.error?.code ?? null,
  });
  return true;
}

/** A continued reply that nothing was added to keeps the text it was to go on from. */
function openingOf(row: Row, logged: ReplyState): { reply: ReplyState; unlogged: LogEntry[] } {
  const beginning = { ...row, messageId: row.messageId ?? row.id };
  const missing = logged.content.length > 0 ? [] : lacking(row.id, beginning, logged.seq > 0);
  const unlogged = missing.map((event, index) => toEntry(event, logged.seq + 1 + index));
  return { reply: fold(unlogged, logged), unlogged };
}

/** Puts a generation whose worker was lost before any text back into the queue, in its old place. */
export async function requeue(db: Database, generationId: string, condition: string): Promise<boolean> {
  const { rowCount } = await db.$client.query(
    `WITH back AS (
       UPDATE generations g SET state = 'queued', stage = NULL, worker_id = NULL, lease_until = NULL,
         epoch = epoch + 1, started_at = NULL
       WHERE id = $1 AND state = 'running' AND (${condition})
       RETURNING *
     ), refunded AS (
       UPDATE fair_share f SET counter = greatest(0, f.counter - b.estimate / ${WEIGHT})
       FROM back b JOIN users u ON u.id = b.user_id
       WHERE f.endpoint_id = b.endpoint_id AND f.user_id = b.user_id
     )
     SELECT pg_notify('${CHANNELS.wake}', endpoint_id::text) FROM back`,
    [generationId],
  );
  return (rowCount ?? 0) > 0;
}
