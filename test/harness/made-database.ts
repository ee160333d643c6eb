/** A data folder whose own PostgreSQL was made before, as at every start but the first: for tests of what comes after. */
import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openDatabase } from '#platform/database/database.ts';
import { migrate } from '#platform/database/migrate.ts';
import { openEmbeddedPostgres } from '#platform/embedded-postgres/embedded-postgres.ts';
import { createLogger } from '#platform/log.ts';

const log = createLogger('silent');
let model: Promise<string> | undefined;

/** Copies a database with the current schema into a data folder. It was made once for this worker, which takes a second. */
export async function putMadeDatabase(dataDir: string): Promise<void> {
  // There is no such program; it makes its own.
  if (process.platform === 'win32') return;
  model ??= makeModel();
  // Whoever PostgreSQL runs as owns its files.
  await promisify(execFile)('cp', ['-a', join(await model, 'postgres'), join(dataDir, 'postgres')]);
}

/** Lies in the folder of the whole run, which goes with it. */
async function makeModel(): Promise<string> {
  const folder = await mkdtemp(join(process.env.TEST_FOLDER ?? tmpdir(), 'model-'));
  const server = await openEmbeddedPostgres(folder, log);
  const db = openDatabase(server.address, log, 1);
  await migrate(db).finally(() => db.$client.end());
  await server.close();
  return folder;
}
