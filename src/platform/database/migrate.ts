/** Forward-only migrations: files in `migrations/`, each applied once, in order, in one transaction. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { LOCKS } from '#platform/signals.ts';
import type { Database } from './database.ts';

const FOLDER = fileURLToPath(new URL('../../../migrations/', import.meta.url));

export class MigrationError extends Error {}

/**
 * Brings the schema to this program's version and returns the names applied now. Refuses, in words, a database
 * that a newer version has migrated or whose applied migrations differ from this program's.
 */
export async function migrate(db: Database, folder = FOLDER): Promise<string[]> {
  const files = (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort();
  const client = await db.$client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCKS.migration]);
    try {
      return await applyMissing(client, folder, files);
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [LOCKS.migration]);
    }
  } finally {
    client.release();
  }
}

/** The migrations this program knows, by name, that the database does not have yet. */
export async function pendingMigrations(db: Database, folder = FOLDER): Promise<string[]> {
  const files = (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort();
  const found = await db.$client.query<{ name: string | null }>(
    `SELECT to_regclass('migrations')::text AS name`,
  );
  if (!found.rows[0]?.name) return files;
  const { rows } = await db.$client.query<{ name: string }>('SELECT name FROM migrations');
  const applied = new Set(rows.map((row) => row.name));
  return files.filter((name) => !applied.has(name));
}

async function applyMissing(client: pg.PoolClient, folder: string, files: string[]): Promise<string[]> {
  await client.query(
    `CREATE TABLE IF NOT EXISTS migrations (
       name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
  );
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'SELECT name, checksum FROM migrations ORDER BY name',
  );
  const unknown = rows.find((row) => !files.includes(row.name));
  if (unknown)
    throw new MigrationError(
      `This database was migrated by a newer version of Parley (it has ${unknown.name}). Start that version, or restore a backup.`,
    );
  const applied = new Map(rows.map((row) => [row.name, row.checksum]));
  const now: string[] = [];
  for (const name of files) {
    const text = await readFile(`${folder}/${name}`, 'utf8');
    const checksum = createHash('sha256').update(text).digest('hex');
    const known = applied.get(name);
    if (known === checksum) continue;
    if (known)
      throw new MigrationError(
        `The migration ${name} differs from the one this database was made with. Migrations are never edited.`,
      );
    await applyOne(client, name, text, checksum);
    now.push(name);
  }
  return now;
}

async function applyOne(client: pg.PoolClient, name: string, text: string, checksum: string): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(text);
    await client.query('INSERT INTO migrations (name, checksum) VALUES ($1, $2)', [name, checksum]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new MigrationError(`The migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}
