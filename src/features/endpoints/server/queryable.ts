import type { Database } from '#platform/database/database.ts';

/** A pool, or a connection with a transaction open. */
export type Queryable = Pick<Database['$client'], 'query'>;
