/** Where a reader of a generation stands, and what it must be told first to stand there. */

import type { ContextStamp } from '#features/contexts/contexts.ts';
import type { Part } from '#features/messages/messages.ts';
import type { Database } from '#platform/database/database.ts';
import { EMPTY_REPLY, type ReplyState } from '../../apply-event.ts';
import { isTerminalEvent } from '../../rules.ts';
import type { MessageSnapshot } from '../../stream-events.ts';
import type { GenerationRow } from '../present-generation.ts';
import { endingEvent } from './ending-event.ts';
import { fold, readLog } from './event-log.ts';
import { type LogEntry, toEntry } from './log-entry.ts';

/** What brings a reader up to date: perhaps a snapshot, then entries. `seq` is where it stands afterwards. */
export type CatchUp = {
  snapshot: MessageSnapshot | null;
  entries: LogEntry[];
  seq: number;
  ended: boolean;
  /** The reader had the last event already: there is nothing to tell, now or later. */
  complete: boolean;
};

/** A generation with what its reply holds and was made with, where its log no longer tells. */
export type Readable = GenerationRow & { content: Part[] | null; context: ContextStamp | null };

/** Reads a generation for delivery, whoever's it is: authorise before. */
export async function readGeneration(db: Database, generationId: string): Promise<Readable | null> {
  const { rows } = await db.$client.query<Readable>({
    name: 'read-generation',
    text: READ,
    values: [generationId],
  });
  return rows[0] ?? null;
}

const READ = `
  SELECT g.id, g.state, g.stage, g.error, g.user_id AS "userId", g.chat_id AS "chatId", g.message_id AS "messageId",
    g.endpoint_id AS "endpointId", g.model_id AS "modelId", g.class, g.epoch, g.input_tokens AS "inputTokens",
    g.output_tokens AS "outputTokens", g.tokens_estimated AS "tokensEstimated", g.ttft_ms AS "ttftMs", g.duration_ms AS "durationMs",
    g.finish_reason AS "finishReason", g.finished_at AS "finishedAt", g.last_seq AS "lastSeq",
    g.events_kept AS "eventsKept", CASE WHEN NOT g.events_kept THEN m.content END AS content,
    CASE WHEN NOT g.events_kept THEN m.ending -> 'context' END AS context
  FROM generations g LEFT JOIN messages m ON m.id = g.message_id WHERE g.id = $1`;

/**
 * What a reader that stands at `after` (null: nowhere) must be told. A place that does not exist, or is no longer
 * kept, counts as nowhere; place 0 is before the first event.
 */
export async function catchUp(db: Database, generation: Readable, after: number | null): Promise<CatchUp> {
  const { lastSeq } = generation;
  if (lastSeq !== null && after === lastSeq)
    return { snapshot: null, entries: [], seq: lastSeq, ended: true, complete: true };
  if (!generation.eventsKept) return fromMessage(generation);
  // Never claimed, so nothing can be logged. A place other than the start does not exist then, and counts as nowhere.
  if (generation.state === 'queued' && generation.epoch === 0) return tell(null, [], 0);
  // From one before the place, so that the event there, being read, proves that the place exists.
  const entries = await readLog(db.$client, generation.id, after === null ? 0 : Math.max(0, after - 1));
  const stands = after !== null && after >= 0 && (after === 0 || entries[0]?.seq === after);
  if (stands)
    return tell(
      null,
      entries.filter((entry) => entry.seq > after),
      after,
    );
  const all = after === null ? entries : await readLog(db.$client, generation.id, 0);
  const end = all.at(-1);
  const before = end && isTerminalEvent(end.type) ? all.slice(0, -1) : all;
  const reply = fold(before);
  const rest = all.slice(before.length);
  return tell(reply.seq > 0 ? snapshotOf(generation, reply) : null, rest, reply.seq);
}

function tell(snapshot: MessageSnapshot | null, entries: LogEntry[], from: number): CatchUp {
  const last = entries.at(-1);
  const ended = last !== undefined && isTerminalEvent(last.type);
  return { snapshot, entries, seq: last?.seq ?? from, ended, complete: false };
}

/** The log is gone: the text stands in the message, and the last event in the ledger row. */
function fromMessage(generation: Readable): CatchUp {
  const {
    state,
    error,
    finishReason,
    modelId: model,
    inputTokens,
    outputTokens,
    ttftMs,
    durationMs,
  } = generation;
  if (state === 'queued' || state === 'running') return tell(null, [], 0);
  const metadata = {
    model,
    inputTokens,
    outputTokens,
    ...(generation.tokensEstimated && { tokensEstimated: true as const }),
    ttftMs,
    durationMs,
  };
  const seq = generation.lastSeq ?? 1;
  const end = toEntry(endingEvent({ state, error, finishReason, metadata, cost: null, context: null }), seq);
  const content = generation.content ?? EMPTY_REPLY.content;
  return tell(
    seq > 1 ? snapshotOf(generation, { seq: seq - 1, content, context: generation.context }) : null,
    [end],
    seq - 1,
  );
}

const snapshotOf = (
  generation: Readable,
  { seq, content, context }: Pick<ReplyState, 'seq' | 'content' | 'context'>,
): MessageSnapshot => ({
  seq,
  messageId: generation.messageId ?? generation.id,
  content: [...content],
  state: generation.state,
  ...(context && { context }),
});
