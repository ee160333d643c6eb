/** The embedded server under everything that happens to it: kills, orphans, two at once, reused numbers, old folders. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { createLogger } from '#platform/log.ts';
import type { Finish } from '#test/harness/make.ts';
import { type EmbeddedPostgres, openEmbeddedPostgres } from './embedded-postgres.ts';
import { findPostmaster } from './postmaster.ts';

const log = createLogger('silent');

async function temporaryFolder(finish: Finish): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'parley-pg-'));
  finish(async () => {
    const running = await findPostmaster(join(path, 'postgres'));
    if (running) process.kill(running.pid, 'SIGQUIT');
    await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  return path;
}

async function query(server: EmbeddedPostgres, text: string): Promise<unknown[]> {
  const client = new pg.Client(server.address as pg.ClientConfig);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Opens the server in another process, which can be killed; resolves when it is open. */
async function openElsewhere(finish: Finish, dataDir: string): Promise<{ kill(): Promise<void> }> {
  const code = `
    import { openEmbeddedPostgres } from '#platform/embedded-postgres/embedded-postgres.ts';
    import { createLogger } from '#platform/log.ts';
    await openEmbeddedPostgres(process.argv[1], createLogger('silent'));
    console.log('open');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code, dataDir], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  finish(kill);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return { kill };
}

test.concurrent('what was written is there again after it was stopped and opened anew, and nothing runs in between', async ({
  onTestFinished,
}) => {
  const dataDir = await temporaryFolder(onTestFinished);
  const first = await openEmbeddedPostgres(dataDir, log);
  await query(first, 'CREATE TABLE kept AS SELECT 42 AS answer');
  expect(await query(first, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '' }]);
  // Should it ever listen, nobody gets in that way.
  expect(
    await query(first, `SELECT auth_method FROM pg_hba_file_rules WHERE type LIKE 'host%' GROUP BY 1`),
  ).toEqual([{ auth_method: 'reject' }]);
  expect(await query(first, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
  await first.close();
  expect(await findPostmaster(join(dataDir, 'postgres'))).toBeNull();
  const second = await openEmbeddedPostgres(dataDir, log);
  expect(await query(second, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  await second.close();
});

test.concurrent('the orphan of a killed Parley is taken over at once and stopped by who took it over', async ({
  onTestFinished,
}) => {
  const dataDir = await temporaryFolder(onTestFinished);
  const killed = await openElsewhere(onTestFinished, dataDir);
  await killed.kill();
  const orphan = await findPostmaster(join(dataDir, 'postgres'));
  expect(orphan).not.toBeNull();
  const started = performance.now();
  const server = await openEmbeddedPostgres(dataDir, log);
  expect(performance.now() - started).toBeLessThan(5_000);
  expect((await findPostmaster(join(dataDir, 'postgres')))?.pid).toBe(orphan!.pid);
  await server.close();
  expect(await findPostmaster(join(dataDir, 'postgres'))).toBeNull();
});

test.concurrent('two Parleys share one server, and the first to leave does not pull it from under the other', async ({
  onTestFinished,
}) => {
  const dataDir = await temporaryFolder(onTestFinished);
  const [one, two] = await Promise.all([
    openEmbeddedPostgres(dataDir, log),
    openEmbeddedPostgres(dataDir, log),
  ]);
  await one.close();
  expect(await query(two, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await two.close();
  expect(await findPostmaster(join(dataDir, 'postgres'))).toBeNull();
});

test.concurrent('of processes that make a new data folder at the same moment all get the same, whole database', async ({
  onTestFinished,
}) => {
  const dataDir = await temporaryFolder(onTestFinished);
  const elsewhere = await Promise.all([
    openElsewhere(onTestFinished, dataDir),
    openElsewhere(onTestFinished, dataDir),
  ]);
  const server = await openEmbeddedPostgres(dataDir, log);
  expect(await query(server, 'SELECT current_database() AS name')).toEqual([{ name: 'parley' }]);
  for (const process of elsewhere) await process.kill();
  expect((await readdir(dataDir)).filter((name) => name.includes('unfinished'))).toEqual([]);
  await vi.waitUntil(async () => {
    const rows = await query(
      server,
      "SELECT 1 FROM pg_stat_activity WHERE application_name = 'parley presence'",
    );
    return rows.length === 1;
  }, 10_000);
  await server.close();
  expect(await findPostmaster(join(dataDir, 'postgres'))).toBeNull();
});

test.concurrent('a server that is killed is started again by whoever uses it', async ({ onTestFinished }) => {
  const dataDir = await temporaryFolder(onTestFinished);
  const server = await openEmbeddedPostgres(dataDir, log);
  await query(server, 'CREATE TABLE kept AS SELECT 42 AS answer');
  const before = await findPostmaster(join(dataDir, 'postgres'));
  process.kill(before!.pid, 'SIGKILL');
  const rows = await vi.waitUntil(() => query(server, 'SELECT answer FROM kept').catch(() => false), 30_000);
  expect(rows).toEqual([{ answer: 42 }]);
  await server.close();
});

test.concurrent('a start that was killed while the database was being made is made good by the next', async ({
  onTestFinished,
}) => {
  const dataDir = await temporaryFolder(onTestFinished);
  const half = join(dataDir, 'postgres.unfinished-999999999-1');
  await mkdir(join(half, 'base'), { recursive: true });
  await writeFile(join(half, 'PG_VERSION'), '18\n');
  const server = await openEmbeddedPostgres(dataDir, log);
  expect(await query(server, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  expect(existsSync(half)).toBe(false);
  await server.close();
});

test.concurrent('a process number left behind by a crash and now some other program does not keep it from starting', async ({
  onTestFinished,
}) => {
  const dataDir = await temporaryFolder(onTestFinished);
  const server = await openEmbeddedPostgres(dataDir, log);
  await server.close();
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
  await writeFile(pidFile, `${process.pid}\n${join(dataDir, 'postgres')}\n1\n5432\n.\n\n  1 1\nready   \n`);
  const again = await openEmbeddedPostgres(dataDir, log);
  expect(await query(again, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await again.close();
});

test.concurrent('a folder of a newer PostgreSQL is refused in words and left as it is', async ({
  onTestFinished,
}) => {
  const dataDir = await temporaryFolder(onTestFinished);
  await mkdir(join(dataDir, 'postgres'));
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '19\n');
  await expect(openEmbeddedPostgres(dataDir, log)).rejects.toThrow(
    /made by PostgreSQL 19; this Parley brings 18/,
  );
  expect(await readFile(join(dataDir, 'postgres', 'PG_VERSION'), 'utf8')).toBe('19\n');
});

test.concurrent('a folder with something else in it is refused in words', async ({ onTestFinished }) => {
  const dataDir = await temporaryFolder(onTestFinished);
  await mkdir(join(dataDir, 'postgres'));
  await writeFile(join(dataDir, 'postgres', 'letter.txt'), 'mine');
  await expect(openEmbeddedPostgres(dataDir, log)).rejects.toThrow(/is not empty but holds no database/);
});

test.concurrent('a server that cannot start says why, in its own words', async ({ onTestFinished }) => {
  const dataDir = await temporaryFolder(onTestFinished);
  const server = await openEmbeddedPostgres(dataDir, log);
  await server.close();
  await rm(join(dataDir, 'postgres', 'global', 'pg_control'));
  await expect(openEmbeddedPostgres(dataDir, log)).rejects.toThrow(/pg_control/);
});

test.concurrent('without sockets it is reached by TCP on the loopback, with a password', async ({
  onTestFinished,
}) => {
  const dataDir = await temporaryFolder(onTestFinished);
  const server = await openEmbeddedPostgres(dataDir, log, { tcp: true });
  expect(await query(server, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  const stranger = { ...server, address: { ...server.address, password: 'guess' } };
  await expect(query(stranger as EmbeddedPostgres, 'SELECT 1')).rejects.toThrow(
    /password authentication failed/,
  );
  await server.close();
});
