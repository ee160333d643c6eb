import { asc, eq } from 'drizzle-orm';
import type { Db } from '#platform/database/database.ts';
import { notFound } from '#platform/errors.ts';
import type { EndpointRow } from './provider-for.ts';
import { endpoints } from './tables.ts';

/** An endpoint's row. Throws `not_found`. */
export async function readEndpoint(db: Db, endpointId: string): Promise<EndpointRow> {
  const [row] = await db.select().from(endpoints).where(eq(endpoints.id, endpointId));
  if (!row) throw notFound('endpoint');
  return row;
}

/** All of them, oldest first. */
export const readEndpoints = (db: Db): Promise<EndpointRow[]> =>
  db.select().from(endpoints).orderBy(asc(endpoints.createdAt), asc(endpoints.id));
