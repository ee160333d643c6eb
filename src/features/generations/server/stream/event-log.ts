/** Reading the event log: what a generation has told so far. */
import { textOf } from '#features/messages/rules.ts';
import type { Database, Queryable } from '#platform/database/database.ts';
import { applyEvent, EMPTY_REPLY, type ReplyState } from '../../apply-event.ts';
import type { LoggedEventType } from '../../stream-events.ts';
import { decodeRow, type LogEntry, toEvent } from './log-entry.ts';

type Row = { generation_id: string; first_seq: number; events: [LoggedEventType, unknown][] };

/**
 * SQL for the `first_seq` of the row that holds the event after `after`: rows are consecutive, so the primary key finds
 * it without reading those before.
 */
const rowOf = (generationId: string, after: string): string =>
  `coalesce((SELECT max(first_seq) FROM generation_events
             WHERE generation_id = ${generationId} AND first_seq <= ${after} + 1), 0)`;

/** The events of a generation with a number above `after`, in order. */
export async function readLog(db: Queryable, generationId: string, after: number): Promise<LogEntry[]> {
  const { rows } = await db.query<Row>({
    name: 'read-log',
    text: `SELECT generation_id, first_seq, events FROM generation_events
           WHERE generation_id = $1 AND first_seq >= ${rowOf('$1', '$2')} AND last_seq > $2 ORDER BY first_seq`,
    values: [generationId, after],
  });
  return rows.flatMap((row) => decodeRow(row.first_seq, row.events)).filter((entry) => entry.seq > after);
}

/** The same for many generations in one query: `places` are pairs of generation and last known number. */
export async function readLogs(
  db: Database,
  places: readonly (readonly [generationId: string, after: number])[],
): Promise<Map<string, LogEntry[]>> {
  const { rows } = await db.$client.query<Row>({
    name: 'read-logs',
    text: `SELECT e.generation_id, e.first_seq, e.events
           FROM unnest($1::uuid[], $2::int[]) AS place(id, after)
           CROSS JOIN LATERAL (
             SELECT generation_id, first_seq, events FROM generation_events
             WHERE generation_id = place.id AND first_seq >= ${rowOf('place.id', 'place.after')} AND last_seq > place.after
             OFFSET 0 -- keeps one look into the index for each, however many the planner expects
           ) e
           ORDER BY e.generation_id, e.first_seq`,
    values: [places.map(([id]) => id), places.map(([, after]) => after)],
  });
  const found = new Map<string, LogEntry[]>();
  for (const row of rows) {
    const entries = found.get(row.generation_id) ?? [];
    entries.push(...decodeRow(row.first_seq, row.events));
    found.set(row.generation_id, entries);
  }
  return found;
}

/** The reply that entries add up to, on top of `start`. */
export const fold = (entries: readonly LogEntry[], start: ReplyState = EMPTY_REPLY): ReplyState =>
  entries.reduce((reply, entry) => applyEvent(reply, toEvent(entry), entry.seq), start);

/** What a generation has said, its reasoning left out: of one that writes no message, as long as its log is kept. */
export const readLoggedText = async (db: Queryable, generationId: string): Promise<string> =>
  textOf(fold(await readLog(db, generationId, 0)).content);
