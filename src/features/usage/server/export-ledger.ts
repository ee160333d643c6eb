import type { Queryable } from '#platform/database/database.ts';
import type { LedgerEntry, LedgerFilter } from '../ledger.ts';
import type { Scope } from './access.ts';
import { csvLine } from './csv.ts';
import { presentEntry, readLedger } from './read-ledger.ts';

/** Rows held at a time, whatever the size of the export. */
const ROWS_AT_A_TIME = 1000;

/** The ledger as pieces of a file: a JSON array of entries, or CSV with a line of column names. */
export async function* exportLedger(
  db: Queryable,
  scope: Scope,
  filter: Omit<LedgerFilter, 'all'>,
  format: 'json' | 'csv',
): AsyncGenerator<string> {
  const columns = Object.entries(COLUMNS).filter(([name]) => name !== 'user' || scope.all);
  yield format === 'csv' ? csvLine(columns.map(([name]) => name)) : '[';
  let after: string | undefined;
  let separator = '\n';
  do {
    const rows = await readLedger(db, scope, filter, { limit: ROWS_AT_A_TIME, after });
    let piece = '';
    for (const row of rows) {
      const entry = presentEntry(row, scope);
      if (format === 'csv') piece += csvLine(columns.map(([, read]) => read(entry)));
      else piece += separator + JSON.stringify(entry);
      separator = ',\n';
    }
    if (piece !== '') yield piece;
    after = rows.length === ROWS_AT_A_TIME ? rows.at(-1)!.id : undefined;
  } while (after !== undefined);
  if (format === 'json') yield '\n]\n';
}

const COLUMNS: Record<string, (entry: LedgerEntry) => string | number | null | undefined> = {
  id: (entry) => entry.id,
  chatId: (entry) => entry.chatId,
  state: (entry) => entry.state,
  reason: (entry) => entry.error?.code,
  endpoint: (entry) => entry.endpoint,
  model: (entry) => entry.model,
  client: (entry) => entry.client,
  class: (entry) => entry.class,
  queuedAt: (entry) => entry.queuedAt,
  startedAt: (entry) => entry.startedAt,
  firstTokenAt: (entry) => entry.firstTokenAt,
  finishedAt: (entry) => entry.finishedAt,
  waitMs: (entry) => entry.waitMs,
  ttftMs: (entry) => entry.ttftMs,
  durationMs: (entry) => entry.durationMs,
  inputTokens: (entry) => entry.inputTokens,
  outputTokens: (entry) => entry.outputTokens,
  cost: (entry) => entry.cost,
  user: (entry) => entry.user?.name,
};
