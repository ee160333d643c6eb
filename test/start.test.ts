/** Parley as people start and stop it: real processes, its own PostgreSQL, real signals. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { findPostmaster } from '#platform/embedded-postgres/postmaster.ts';
import { putMadeDatabase } from './harness/made-database.ts';
import { type Finish, makeFolder } from './harness/make.ts';
import { follow, type ParleyProcess, startParleyProcess } from './harness/process.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A data folder that was started on before. */
async function makeMadeFolder(finish: Finish): Promise<string> {
  const dataDir = join(await makeFolder(finish), 'data');
  await mkdir(dataDir);
  await putMadeDatabase(dataDir);
  return dataDir;
}

/** Its own process group, as a terminal gives one to each command. */
function spawnInGroup(finish: Finish, program: string, args: string[], dataDir: string): ChildProcess {
  const child = spawn(program, args, {
    cwd: ROOT,
    detached: true,
    env: {
      PATH: process.env.PATH!,
      HOME: process.env.HOME!,
      PORT: '0',
      DATA_DIR: dataDir,
      DISCOVER_LOCAL: 'off',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  finish(() => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL');
  });
  return child;
}

async function expectNothingLeft(parley: ParleyProcess, dataDir: string): Promise<void> {
  expect(await findPostmaster(join(dataDir, 'postgres'))).toBeNull();
  await expect(fetch(parley.url)).rejects.toThrow();
}

const LAUNCHER = ['scripts/start.js', '--port=0'];

/** The processes that a process started, on Linux. */
const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

test.concurrent('npm start becomes the program itself, with nothing waiting in between, and SIGTERM to npm ends Parley and its PostgreSQL in order', async ({
  onTestFinished,
}) => {
  // Its first start, as people first meet it.
  const dataDir = join(await makeFolder(onTestFinished), 'data');
  const parley = await follow(spawnInGroup(onTestFinished, 'npm', ['start', '--', '--port=0'], dataDir));
  if (process.platform === 'linux') {
    const [program, ...more] = childrenOf(parley.pid);
    expect(more).toEqual([]);
    expect(readFileSync(`/proc/${program}/cmdline`, 'utf8')).toContain('src/main.ts');
    expect(childrenOf(program!)).toContain((await findPostmaster(join(dataDir, 'postgres')))?.pid);
  }
  expect((await fetch(`${parley.url}/healthz`)).status).toBeLessThan(500);
  expect(await parley.stop('SIGTERM')).toEqual({ code: 0, signal: null });
  await expectNothingLeft(parley, dataDir);
});

test.concurrent('kill -9 of npm, which it can pass on to nobody, ends Parley and its PostgreSQL in order', async ({
  onTestFinished,
}) => {
  const dataDir = await makeMadeFolder(onTestFinished);
  const parley = await follow(spawnInGroup(onTestFinished, 'npm', ['start'], dataDir));
  await parley.kill();
  await vi.waitUntil(async () => !(await findPostmaster(join(dataDir, 'postgres'))), 20_000);
  await expectNothingLeft(parley, dataDir);
});

test.concurrent('SIGTERM to the launcher ends Parley and its PostgreSQL in order', async ({
  onTestFinished,
}) => {
  const dataDir = await makeMadeFolder(onTestFinished);
  const parley = await follow(spawnInGroup(onTestFinished, process.execPath, LAUNCHER, dataDir));
  expect(await parley.stop('SIGTERM')).toEqual({ code: 0, signal: null });
  await expectNothingLeft(parley, dataDir);
});

test.concurrent('kill -9 of the launcher is one of Parley: its port is free at once, and the next start takes the data over', async ({
  onTestFinished,
}) => {
  const dataDir = await makeMadeFolder(onTestFinished);
  const first = await follow(
    spawnInGroup(onTestFinished, process.execPath, ['bin/parley.js', 'serve', '--port=0'], dataDir),
  );
  await first.kill();
  await vi.waitUntil(
    () =>
      fetch(first.url).then(
        () => false,
        () => true,
      ),
    5000,
  );
  const { port } = new URL(first.url);
  const args = ['bin/parley.js', 'serve', `--port=${port}`];
  const again = await follow(spawnInGroup(onTestFinished, process.execPath, args, dataDir));
  expect(await again.stop('SIGTERM')).toEqual({ code: 0, signal: null });
  await expectNothingLeft(again, dataDir);
});

test.concurrent('Ctrl-C, which reaches npm, the launcher and Parley at once, ends all of them in order', async ({
  onTestFinished,
}) => {
  const dataDir = await makeMadeFolder(onTestFinished);
  const child = spawnInGroup(onTestFinished, 'npm', ['start', '--', '--port=0'], dataDir);
  const parley = await follow(child);
  process.kill(-child.pid!, 'SIGINT');
  const { code } = await parley.ended;
  expect(code).toBe(0);
  expect(parley.output().stderr).not.toContain('Ending at once');
  await expectNothingLeft(parley, dataDir);
});

test.concurrent('a signal while the database is being made ends the start in order', async ({
  onTestFinished,
}) => {
  const dataDir = join(await makeFolder(onTestFinished), 'data');
  const child = spawnInGroup(onTestFinished, process.execPath, LAUNCHER, dataDir);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  while (!existsSync(dataDir)) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(await findPostmaster(join(dataDir, 'postgres'))).toBeNull();
});

test.concurrent('a taken port is told in one sentence that names PORT, and leaves no PostgreSQL behind', async ({
  onTestFinished,
}) => {
  const dataDir = await makeMadeFolder(onTestFinished);
  const blocker = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => blocker.once('listening', resolve));
  onTestFinished(() => void blocker.close());
  const { port } = blocker.address() as { port: number };
  const start = startParleyProcess({ dataDir, args: [`--port=${port}`] });
  await expect(start).rejects.toThrow(new RegExp(`PORT: port ${port} is already in use`));
  await expect(start).rejects.not.toThrow(/^ +at /m);
  expect(await findPostmaster(join(dataDir, 'postgres'))).toBeNull();
});

test.concurrent('a data folder with spaces, other alphabets and a name longer than a socket may have works', async ({
  onTestFinished,
}) => {
  const dataDir = join(await makeFolder(onTestFinished), 'with space', 'данные '.repeat(12).trim());
  await mkdir(dataDir, { recursive: true });
  const first = await startParleyProcess({ dataDir });
  await first.kill();
  const again = await startParleyProcess({ dataDir });
  expect(await again.stop()).toEqual({ code: 0, signal: null });
  await expectNothingLeft(again, dataDir);
});

test.concurrent('an unreachable DATABASE_URL is told in words that name it', async ({ onTestFinished }) => {
  const dataDir = await makeFolder(onTestFinished);
  const env = { DATABASE_URL: 'postgres://nobody:canary@127.0.0.1:1/none' };
  const start = startParleyProcess({ dataDir, env });
  await expect(start).rejects.toThrow(/DATABASE_URL: the database none at 127\.0\.0\.1 cannot be used/);
  await expect(start).rejects.not.toThrow(/canary/);
});
