import type { Database, Tx } from '#platform/database/database.ts';

/**
 * What `read` yields, out of one snapshot of the database: whatever is written meanwhile, all of it is as it was at one moment. The
 * connection is given back when it has ended or nobody wants more.
 */
export async function* inSnapshot<T>(
  reports: Database,
  read: (tx: Tx) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const client = await reports.$client.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // Each statement reads a few rows by their index, however many the tables have had since they were last counted.
    await client.query('SET LOCAL enable_seqscan = off');
    yield* read(client);
  } finally {
    await client.query('ROLLBACK').catch((error: Error) => {
      broken = error;
    });
    client.release(broken);
  }
}
