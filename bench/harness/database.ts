/** A database of a benchmark's own, for what is measured without a server. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '#platform/database/database.ts';
import { migrate } from '#platform/database/migrate.ts';
import { openEmbeddedPostgres } from '#platform/embedded-postgres/embedded-postgres.ts';
import { createLogger } from '#platform/log.ts';

/** Opens an embedded PostgreSQL with all tables and nothing in them, lets `work` measure, and removes it. */
export async function onDatabase(work: (db: Database) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  const log = createLogger('warn');
  const postgres = await openEmbeddedPostgres(dataDir, log);
  const db = openDatabase(postgres.address, log);
  try {
    await migrate(db);
    await work(db);
  } finally {
    await db.$client.end();
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
