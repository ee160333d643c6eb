/** A Redis or Valkey for tests: `REDIS_URL`, else a server found on this machine, started on a free port. */
import { spawn, spawnSync } from 'node:child_process';
import { Redis } from 'ioredis';
import { freePort } from './free-port.ts';

export type TestRedis = {
  readonly url: string;
  /** Ends it at once, as a crash would; null for one that this test did not start. */
  readonly kill: (() => Promise<void>) | null;
  /** Starts it again on the same address, empty; null for one that this test did not start. */
  readonly restart: (() => Promise<void>) | null;
  close(): Promise<void>;
};

const PROGRAMS = ['redis-server', 'valkey-server'];

/** The program that can be started here; null when there is none. */
const redisProgram = (): string | null =>
  PROGRAMS.find((name) => spawnSync(name, ['--version']).status === 0) ?? null;

/**
 * Why tests with Redis cannot run here; empty when they can. With `TEST_REQUIRE_REDIS` set they are
 * run all the same, and fail: a machine that should have one is told that it has not.
 */
export const withoutRedis = (): string =>
  process.env.TEST_REQUIRE_REDIS || process.env.REDIS_URL || redisProgram()
    ? ''
    : `there is no REDIS_URL, and neither ${PROGRAMS.join(' nor ')} is installed`;

/** Starts one, without persistence, or uses the one of `REDIS_URL`; throws where there is neither. */
export async function startRedis(): Promise<TestRedis> {
  const given = process.env.REDIS_URL;
  if (given) return { url: given, kill: null, restart: null, close: async () => {} };
  const program = redisProgram();
  if (!program) throw new Error(`Neither ${PROGRAMS.join(' nor ')} is installed.`);
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child = await start(program, port, url);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  };
  return {
    url,
    kill,
    async restart() {
      await kill();
      child = await start(program, port, url);
    },
    close: kill,
  };
}

async function start(program: string, port: number, url: string) {
  const child = spawn(
    program,
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    {
      stdio: 'ignore',
    },
  );
  const client = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: 100 });
  client.on('error', () => {});
  await client.ping();
  client.disconnect();
  return child;
}
