import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLogger } from '#platform/log.ts';
import { createEmptyDatabase, type TestDatabase } from '#test/harness/database.ts';
import { openDatabase } from './database.ts';
import { migrate, pendingMigrations } from './migrate.ts';

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createEmptyDatabase();
  onTestFinished(() => database.drop());
  return database;
}

/** A folder of migrations: file name → SQL. */
async function migrationsOf(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-migrations-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

const TWO = { '0001_one.sql': 'CREATE TABLE one (id int)', '0002_two.sql': 'CREATE TABLE two (id int)' };

test('migrations are applied in order, once, and what is pending is known before', async () => {
  const { db } = await emptyDatabase();
  const folder = await migrationsOf(TWO);
  expect(await pendingMigrations(db, folder)).toEqual(Object.keys(TWO));
  expect(await migrate(db, folder)).toEqual(Object.keys(TWO));
  expect(await migrate(db, folder)).toEqual([]);
  await writeFile(join(folder, '0003_three.sql'), 'ALTER TABLE two ADD COLUMN name text');
  expect(await pendingMigrations(db, folder)).toEqual(['0003_three.sql']);
  expect(await migrate(db, folder)).toEqual(['0003_three.sql']);
});

test("Parley's own migrations apply to an empty database, and again to none", async () => {
  const { db } = await emptyDatabase();
  expect((await migrate(db)).length).toBeGreaterThanOrEqual(4);
  expect(await migrate(db)).toEqual([]);
});

test('of several processes that start at once each migration is applied by exactly one', async () => {
  const { url } = await emptyDatabase();
  const folder = await migrationsOf({
    '0001_slow.sql': 'CREATE TABLE one (id int); SELECT pg_sleep(0.3)',
    '0002_two.sql': 'CREATE TABLE two (id int)',
  });
  const pools = Array.from({ length: 4 }, () => openDatabase(url, createLogger('silent'), 2));
  const applied = await Promise.all(pools.map((db) => migrate(db, folder)));
  expect(applied.flat().sort()).toEqual(['0001_slow.sql', '0002_two.sql']);
  await Promise.all(pools.map((db) => db.$client.end()));
});

test('a database that a newer version has migrated is refused and left alone', async () => {
  const { db } = await emptyDatabase();
  await migrate(db, await migrationsOf({ ...TWO, '0003_newer.sql': 'CREATE TABLE newer (id int)' }));
  const older = await migrationsOf(TWO);
  await expect(migrate(db, older)).rejects.toThrow(/newer version of Parley \(it has 0003_newer\.sql\)/);
});

test('a migration that was edited after it was applied is refused', async () => {
  const { db } = await emptyDatabase();
  await migrate(db, await migrationsOf(TWO));
  const edited = await migrationsOf({ ...TWO, '0001_one.sql': 'CREATE TABLE one (id bigint)' });
  await expect(migrate(db, edited)).rejects.toThrow(/0001_one\.sql differs/);
});

test('a migration that fails leaves nothing of itself, keeps the earlier ones, and can be mended', async () => {
  const { db } = await emptyDatabase();
  const folder = await migrationsOf({
    ...TWO,
    '0002_two.sql': 'CREATE TABLE two (id int); CREATE TABLE one (id int)',
  });
  await expect(migrate(db, folder)).rejects.toThrow(/0002_two\.sql failed: relation "one" already exists/);
  const { rows } = await db.$client.query("SELECT to_regclass('one') AS one, to_regclass('two') AS two");
  expect(rows).toEqual([{ one: 'one', two: null }]);
  await writeFile(join(folder, '0002_two.sql'), TWO['0002_two.sql']);
  expect(await migrate(db, folder)).toEqual(['0002_two.sql']);
});

test('a process killed in the middle of a migration leaves a database the next one can migrate', async () => {
  const { db, url } = await emptyDatabase();
  const folder = await migrationsOf({ '0001_slow.sql': 'CREATE TABLE one (id int); SELECT pg_sleep(60)' });
  const code = `
    import { openDatabase } from '#platform/database/database.ts';
    import { migrate } from '#platform/database/migrate.ts';
    import { createLogger } from '#platform/log.ts';
    await migrate(openDatabase({ url: process.argv[1] }, createLogger('silent')), process.argv[2]);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code, url.url, folder], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const sleeping =
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query ~ 'pg_sleep\\(60'";
  let found: { rows: { pid: number }[] };
  do found = await db.$client.query(`${sleeping} AND pid <> pg_backend_pid()`);
  while (found.rows.length === 0);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  // The server notices a dead client only when it writes to it; ending the sleep stands for that.
  await db.$client.query('SELECT pg_cancel_backend($1)', [found.rows[0]!.pid]);
  await writeFile(join(folder, '0001_slow.sql'), 'CREATE TABLE one (id int)');
  expect(await migrate(db, folder)).toEqual(['0001_slow.sql']);
});
