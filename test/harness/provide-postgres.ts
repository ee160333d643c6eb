/** Runs once before all tests: sees to a PostgreSQL they can make their databases in. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openEmbeddedPostgres } from '#platform/embedded-postgres/embedded-postgres.ts';
import { createLogger } from '#platform/log.ts';
import { dropStaleDatabases } from './database.ts';

/**
 * Leaves the server's address in TEST_DATABASE_URL, and a folder for what lives as long as the run in TEST_FOLDER; the test
 * workers inherit both. Ends what it started.
 */
export default async function providePostgres(): Promise<() => Promise<void>> {
  if (Number(process.versions.node.split('.')[0]) < 22)
    throw new Error(
      'The tests need the Node of this project: put node_modules/.bin first on PATH, or run npm test.',
    );
  const folder = await mkdtemp(join(tmpdir(), 'parley-tests-'));
  process.env.TEST_FOLDER = folder;
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  if (process.env.TEST_DATABASE_URL) {
    await dropStaleDatabases();
    return removeFolder;
  }
  const dataDir = join(folder, 'data');
  const server = await openEmbeddedPostgres(dataDir, createLogger('warn'));
  if ('url' in server.address) throw new Error('unreachable: the embedded server has no URL');
  const { host, port, user, password = '' } = server.address;
  process.env.TEST_DATABASE_URL = `postgres://${user}:${password}@localhost:${port}/postgres?host=${encodeURIComponent(host)}`;
  await spareTheDisk(process.env.TEST_DATABASE_URL);
  return async () => {
    await server.close();
    await removeFolder();
  };
}

/** Lets commits return before the disk has them: nothing in this server is to outlive the machine, or the run. */
async function spareTheDisk(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const setting of ['fsync', 'full_page_writes'])
    await client.query(`ALTER SYSTEM SET ${setting} = off`);
  await client.query('SELECT pg_reload_conf()');
  await client.end();
}
