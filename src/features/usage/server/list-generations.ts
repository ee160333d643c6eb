import type { z } from 'zod';
import type { Place } from '#features/generations/server/index.ts';
import { estimateWait, queueOrder, servicePace } from '#features/generations/server/index.ts';
import type { Database } from '#platform/database/database.ts';
import type { LedgerEntry, LedgerQuery } from '../ledger.ts';
import type { Scope } from './access.ts';
import { type LedgerRow, presentEntry, readLedger } from './read-ledger.ts';

/** A page of the ledger, newest first; those that wait say where they stand. */
export async function listGenerations(
  db: Database,
  scope: Scope,
  query: z.infer<typeof LedgerQuery>,
): Promise<{ items: LedgerEntry[]; nextCursor: string | null }> {
  const { limit, cursor, ...filter } = query;
  // One more than asked for tells whether there is a next page.
  const rows = await readLedger(db.$client, scope, filter, { limit: limit + 1, after: cursor });
  const page = rows.slice(0, limit);
  const places = await placesOf(db, page);
  return {
    items: page.map((row) => presentEntry(row, scope, places.get(row.id))),
    nextCursor: rows.length > limit ? page.at(-1)!.id : null,
  };
}

/** Where the waiting ones of a page stand: each endpoint's line is read once. */
async function placesOf(db: Database, rows: readonly LedgerRow[]): Promise<Map<string, Place>> {
  const waiting = rows.filter((row) => row.state === 'queued' && row.endpointId);
  const places = new Map<string, Place>();
  for (const endpointId of new Set(waiting.map((row) => row.endpointId!))) {
    const [line, pace] = await Promise.all([
      queueOrder(db.$client, endpointId),
      servicePace(db.$client, endpointId),
    ]);
    for (const { id, position } of line)
      places.set(id, { position, queueSize: line.length, etaSeconds: estimateWait(position, pace) });
  }
  return places;
}
