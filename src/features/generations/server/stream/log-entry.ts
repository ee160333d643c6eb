/** Logged events as they travel: encoded once, then shared by the log, the bus and every reader. */
import type { LoggedEvent, LoggedEventType } from '../../stream-events.ts';

/** One numbered event; `json` is its data, already encoded. */
export type LogEntry = { readonly seq: number; readonly type: LoggedEventType; readonly json: string };

/** What the bus carries of a generation: consecutive entries that are in the log already. */
export type EntriesMessage = { readonly type: 'entries'; readonly entries: readonly LogEntry[] };

export const toEntry = (event: LoggedEvent, seq: number): LogEntry => ({
  seq,
  type: event.type,
  json: JSON.stringify(event.data),
});

/** An entry as the event it was made from. */
export const toEvent = (entry: LogEntry): LoggedEvent =>
  ({ type: entry.type, data: JSON.parse(entry.json) }) as LoggedEvent;

/** Entries as one row of the log holds them: a JSON array of `[type, data]`. */
export const encodeRow = (entries: readonly LogEntry[]): string =>
  `[${entries.map((entry) => `["${entry.type}",${entry.json}]`).join(',')}]`;

/** The entries of a row of the log. `events` is the column as PostgreSQL's driver parses it. */
export const decodeRow = (firstSeq: number, events: readonly [LoggedEventType, unknown][]): LogEntry[] =>
  events.map(([type, data], index) => ({ seq: firstSeq + index, type, json: JSON.stringify(data) }));
