/** Reading the event log: what a generation has told so far. */
import type { Database, Queryable } from '#platform/database/database.ts';
import { applyEvent, EMPTY_REPLY, type ReplyState } from '../apply-event.ts';
import type { LoggedEventType } from '../stream-events.ts';
import { decodeRow, type LogEntry, toEvent } from './log-entry.ts';

type Row = { generation_id: string; first_seq: number; events: [LoggedEventType, unknown][] };

/** The events of a generation with a number above `after`, in order. */
export async function readLog(db: Queryable, generationId: string, after: number): Promise<LogEntry[]> {
  const { rows } = await db.query<Row>({
    name: 'read-log',
    text: `SELECT generation_id, first_seq, events FROM generation_events
           WHERE generation_id = $1 AND last_seq > $2 ORDER BY first_seq`,
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
           JOIN generation_events e ON e.generation_id = place.id AND e.last_seq > place.after
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
