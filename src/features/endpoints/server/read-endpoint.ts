import type { Queryable, Tx } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { notFound } from '#platform/errors.ts';
import { say } from './say.ts';
import type { endpoints } from './tables.ts';

export type EndpointRow = typeof endpoints.$inferSelect;

/** An endpoint's row; null when there is none. */
export async function findEndpoint(db: Queryable, endpointId: string): Promise<EndpointRow | null> {
  const { rows } = await db.query({
    name: 'find-endpoint',
    text: 'SELECT * FROM endpoints WHERE id = $1',
    values: [endpointId],
  });
  return rows[0] ? camelRow(rows[0]) : null;
}

/** The same, or `not_found`. */
export async function readEndpoint(db: Queryable, endpointId: string): Promise<EndpointRow> {
  const row = await findEndpoint(db, endpointId);
  if (!row) throw notFound(say('no_such_endpoint'));
  return row;
}

/** The same, held until the transaction ends. */
export async function lockEndpoint(client: Tx, endpointId: string): Promise<EndpointRow> {
  const { rows } = await client.query('SELECT * FROM endpoints WHERE id = $1 FOR NO KEY UPDATE', [
    endpointId,
  ]);
  if (!rows[0]) throw notFound(say('no_such_endpoint'));
  return camelRow(rows[0]);
}

/** All of them, oldest first. */
export async function readEndpoints(db: Queryable): Promise<EndpointRow[]> {
  const { rows } = await db.query({
    name: 'list-endpoints',
    text: 'SELECT * FROM endpoints ORDER BY created_at, id',
  });
  return rows.map(camelRow<EndpointRow>);
}
