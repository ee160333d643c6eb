/** Runs once before all tests: sees to a PostgreSQL they can make their databases in. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedPostgres } from '#platform/embedded-postgres/embedded-postgres.ts';
import { createLogger } from '#platform/log.ts';
import { dropStaleDatabases } from './database.ts';

/** Leaves the server's address in TEST_DATABASE_URL, which the test workers inherit; ends what it started. */
export default async function providePostgres(): Promise<() => Promise<void>> {
  if (Number(process.versions.node.split('.')[0]) < 22)
    throw new Error(
      'The tests need the Node of this project: put node_modules/.bin first on PATH, or run npm test.',
    );
  if (process.env.TEST_DATABASE_URL) {
    await dropStaleDatabases();
    return async () => {};
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-tests-'));
  const server = await openEmbeddedPostgres(dataDir, createLogger('warn'));
  if ('url' in server.address) throw new Error('unreachable: the embedded server has no URL');
  const { host, port, user, password = '' } = server.address;
  process.env.TEST_DATABASE_URL = `postgres://${user}:${password}@localhost:${port}/postgres?host=${encodeURIComponent(host)}`;
  return async () => {
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  };
}
