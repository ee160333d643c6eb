/** Fresh, migrated databases for tests, copied from a template that is migrated once. */
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type Database, type DatabaseAddress, openDatabase } from '#platform/database/database.ts';
import { migrate } from '#platform/database/migrate.ts';
import { createLogger } from '#platform/log.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url));
/** Held while the template is made, so that of many test workers one makes it. */
const TEMPLATE_LOCK = 7_274_995_302;
/** Databases of test runs that were killed are removed by a later run after this. */
const STALE_MINUTES = 60;

export type TestDatabase = {
  readonly url: DatabaseAddress & { url: string };
  readonly db: Database;
  /** Closes `db`, ends everybody's connections and removes the database. */
  drop(): Promise<void>;
};

/** A fresh database with the current schema. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(await ensureTemplate());
}

/** A database without any schema, for tests of the migrations themselves. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase('template0');
}

/** The name carries the minute it was made, see `dropStaleDatabases`. */
async function createDatabase(from: string): Promise<TestDatabase> {
  const name = `parley_test_${Math.floor(Date.now() / 60_000)}_${randomBytes(6).toString('hex')}`;
  await onServer((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${from}`));
  const url = addressOf(name);
  const db = openDatabase(url, createLogger('silent'));
  return {
    url,
    db,
    async drop() {
      if (!db.$client.ended) await db.$client.end();
      await onServer((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** Removes what earlier, killed runs have left on a server that outlives them. */
export async function dropStaleDatabases(): Promise<void> {
  const oldest = Math.floor(Date.now() / 60_000) - STALE_MINUTES;
  await onServer(async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      `SELECT datname FROM pg_database WHERE datname ~ '^parley_test_\\d+_'`,
    );
    for (const { datname } of rows)
      if (Number(datname.split('_')[2]) < oldest)
        await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  });
}

let template: Promise<string> | undefined;

function ensureTemplate(): Promise<string> {
  template ??= makeTemplate();
  return template;
}

/** Named after the migrations' contents: another checkout on the same server has its own, and a change makes anew. */
async function makeTemplate(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of readdirSync(MIGRATIONS).sort()) hash.update(readFileSync(join(MIGRATIONS, file)));
  const name = `parley_template_${hash.digest('hex').slice(0, 12)}`;
  await onServer(async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [
      name,
    ]);
    if (found.rowCount) return;
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name} TEMPLATE template0`);
    const db = openDatabase(addressOf(name), createLogger('silent'), 1);
    await migrate(db).finally(() => db.$client.end());
    await client.query(`ALTER DATABASE ${name} IS_TEMPLATE true`);
  });
  return name;
}

function addressOf(database: string): { url: string } {
  const url = new URL(serverUrl());
  url.pathname = `/${database}`;
  return { url: url.href };
}

/** Ending the connection also gives back the lock it holds. */
async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function serverUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error('No PostgreSQL for tests: run them through vitest, or set TEST_DATABASE_URL.');
  return url;
}
