/** Ending a generation that no worker of ours is writing: while it waits, or when its worker is lost. */

import type { GenerationError, TerminalState } from '#features/messages/endings.ts';
import { type Database, inTransaction, type Tx } from '#platform/database/database.ts';
import { generationTopic, type LiveBus } from '#platform/live-bus/live-bus.ts';
import type { Services } from '#platform/services.ts';
import { CHANNELS } from '#platform/signals.ts';
import type { ReplyState } from '../../apply-event.ts';
import { tellEnded } from '../observations.ts';
import { partyOf, WEIGHT } from '../queue/fair-share.ts';
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
  ending: OutsideEnding,
): Promise<boolean> {
  const tell = await inTransaction(services.db, (tx) =>
    endIn(tx, services.bus, generationId, condition, ending),
  );
  tell?.();
  return tell !== null;
}
type OutsideEnding = { state: TerminalState; error: GenerationError | null };

/** The same in the caller's transaction. Returns how to tell the readers, once that is committed; null when nothing ended. */
export async function endIn(
  tx: Tx,
  bus: LiveBus,
  generationId: string,
  condition: string,
  ending: OutsideEnding,
): Promise<(() => void) | null> {
  const { rows } = await tx.query<Row>(
    `UPDATE generations g SET epoch = epoch + 1
     WHERE id = $1 AND state IN ('queued', 'running') AND (${condition})
     RETURNING id, epoch, model_id AS "modelId", message_id AS "messageId", opening,
       extract(epoch FROM started_at - queued_at)::float8 * 1000 AS "waitMs",
       (extract(epoch FROM now() - started_at) * 1000)::int AS "durationMs"`,
    [generationId],
  );
  const row = rows[0];
  if (!row) return null;
  const known = openingOf(row, fold(await readLog(tx, generationId, 0)));
  const unknown = { ttftMs: null, inputTokens: null, outputTokens: null };
  const metadata = { ...unknown, model: row.modelId, durationMs: row.durationMs };
  const end = { ...ending, finishReason: null, metadata, cost: null, context: null };
  const entries = await finishGeneration(tx, row, end, known, bus.processId);
  if (!entries) return null;
  return () => {
    const message: EntriesMessage = { type: 'entries', entries };
    bus.publishStream(generationTopic(generationId), message);
    const { modelId, waitMs, durationMs } = row;
    const { state, error } = ending;
    tellEnded(bus, { ...unknown, modelId, waitMs, durationMs, state, code: error?.code ?? null });
  };
}

/** A continued reply that nothing was added to keeps the text it was to go on from. */
function openingOf(row: Row, logged: ReplyState): { reply: ReplyState; unlogged: LogEntry[] } {
  const beginning = { ...row, messageId: row.messageId ?? row.id, context: null };
  const missing = logged.content.length > 0 ? [] : lacking(row.id, beginning, logged.seq > 0);
  const unlogged = missing.map((event, index) => toEntry(event, logged.seq + 1 + index));
  return { reply: fold(unlogged, logged), unlogged };
}

/**
 * Puts a generation whose worker was lost before any text back into the queue, in its old place. What a title said so far nobody has read,
 * and it is forgotten; a day after it was asked for, it is given up.
 */
export async function requeue(db: Database, generationId: string, condition: string): Promise<boolean> {
  const { rowCount } = await db.$client.query(
    `WITH back AS (
       UPDATE generations g SET state = 'queued', stage = NULL, worker_id = NULL, lease_until = NULL,
         epoch = epoch + 1, started_at = NULL,
         first_token_at = CASE WHEN title_of IS NULL THEN first_token_at END,
         queue_deadline = CASE WHEN title_of IS NOT NULL THEN queued_at + interval '1 day' END
       WHERE id = $1 AND state = 'running' AND (${condition})
       RETURNING *
     ), forgotten AS (
       DELETE FROM generation_events e USING back b WHERE e.generation_id = b.id AND b.title_of IS NOT NULL
     ), refunded AS (
       UPDATE fair_share f SET counter = greatest(0, f.counter - b.estimate / ${WEIGHT})
       FROM back b JOIN users u ON u.id = b.user_id
       WHERE f.endpoint_id = b.endpoint_id AND f.party_id = ${partyOf('b')}
     )
     SELECT pg_notify('${CHANNELS.wake}', endpoint_id::text) FROM back`,
    [generationId],
  );
  return (rowCount ?? 0) > 0;
}
