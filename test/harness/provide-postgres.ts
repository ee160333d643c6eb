/** Runs once before all tests: sees to a PostgreSQL they can make their databases in. */
import { dropStaleDatabases } from './database.ts';

/** Leaves the server's address in TEST_DATABASE_URL, which the test workers inherit. */
export default async function providePostgres(): Promise<() => Promise<void>> {
  if (Number(process.versions.node.split('.')[0]) < 22)
    throw new Error(
      'The tests need the Node of this project: put node_modules/.bin first on PATH, or run npm test.',
    );
  if (!process.env.TEST_DATABASE_URL) throw new Error('Set TEST_DATABASE_URL to a PostgreSQL server.');
  await dropStaleDatabases();
  return async () => {};
}
