/** Parley for benchmarks: real processes in front of the fake upstream, on a PostgreSQL of their own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedPostgres } from '#platform/embedded-postgres/embedded-postgres.ts';
import { createLogger } from '#platform/log.ts';
import { admin, guest, type Person } from '#test/harness/accounts.ts';
import { freePort } from '#test/harness/free-port.ts';
import { startParleyProcess } from '#test/harness/process.ts';
import { liftLimits } from '#test/harness/upstream-endpoint.ts';
import { postmasterOf } from './processes.ts';
import type { Relay } from './streams.ts';

/** Slots of the benchmarks' endpoint: never what is waited for. */
const SLOTS = 2000;

export type BenchOptions = {
  /** 0: one process with everything; else one web process and so many workers on one database. */
  workers: number;
  /** Live events between processes over Redis; only with workers. */
  redis: boolean;
  /** Where the processes leave CPU profiles; null: nowhere. */
  profileDir: string | null;
};

export type BenchParley = {
  readonly url: string;
  readonly databaseUrl: string;
  /** The web process, whose memory readers cost. */
  readonly webPid: number;
  /** Roots of all its processes, PostgreSQL's included. */
  readonly pids: readonly number[];
  readonly admin: Person;
  /** People who ask, in turn. */
  readonly people: readonly Person[];
  readonly relay: Relay;
  /** Adds an endpoint in front of `baseUrl` and returns its id. */
  addEndpoint(name: string, baseUrl: string, slots: number): Promise<string>;
  stop(): Promise<void>;
};

/** Starts it with `people` guests; `stop` ends everything it started. */
export async function startBenchParley(
  upstreamUrl: string,
  options: BenchOptions,
  people = 20,
): Promise<BenchParley> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  const ends: (() => Promise<unknown>)[] = [() => rm(dataDir, { recursive: true, force: true })];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const postgres = await openEmbeddedPostgres(dataDir, createLogger('warn'));
    ends.push(() => postgres.close());
    const databaseUrl = urlOf(postgres.address as { host: string; user: string; database: string });
    const env: Record<string, string> = {
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'warn',
      MAX_CHATS: '1000000',
      DATABASE_URL: databaseUrl,
      SECRET_KEY: 'only-for-benchmarks-of-this-machine',
      ...(options.profileDir && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${options.profileDir}` }),
    };
    if (options.redis && options.workers > 0) env.REDIS_URL = await startRedis(ends);
    const start = async (roles: string) => {
      const one = await startParleyProcess({ dataDir, env: { ...env, ROLES: roles } });
      ends.push(() => one.stop());
      return one;
    };
    const web = await start(options.workers === 0 ? 'web,worker' : 'web');
    const workers = [];
    for (let n = 0; n < options.workers; n++) workers.push(await start('worker'));
    const ada = await admin(web.url);
    const addEndpoint = async (name: string, baseUrl: string, slots: number): Promise<string> => {
      const response = await ada.fetch('/api/v1/admin/endpoints', {
        method: 'POST',
        json: { name, kind: 'openai-compatible', baseUrl: `${baseUrl}/v1`, slots, maxQueued: 100_000 },
      });
      if (response.status !== 201) throw new Error(`no endpoint: ${await response.text()}`);
      return ((await response.json()) as { id: string }).id;
    };
    // The few people of a benchmark ask for what hundreds would.
    await liftLimits(ada);
    await addEndpoint('bench', upstreamUrl, SLOTS);
    const guests: Person[] = [];
    for (let n = 0; n < people; n++) guests.push(await guest(web.url));
    const postmaster = postmasterOf(dataDir);
    return {
      url: web.url,
      databaseUrl,
      webPid: web.pid,
      pids: [web.pid, ...workers.map((worker) => worker.pid), postmaster],
      admin: ada,
      people: guests,
      relay: relayOf(web.url, guests),
      addEndpoint,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Parley, asked with a first message whose answer is the stream; each time by the next person. */
function relayOf(url: string, people: readonly Person[]): Relay {
  let turn = 0;
  return {
    name: 'Parley',
    ask: (prompt) => ({
      url: `${url}/api/v1/messages`,
      headers: { accept: 'text/event-stream', cookie: people[turn++ % people.length]!.cookie },
      body: JSON.stringify({ message: { content: prompt, modelId: 'bench/bench' } }),
    }),
  };
}

export const urlOf = (address: { host: string; user: string; database: string }): string =>
  `postgres://${address.user}@localhost:5432/${address.database}?host=${encodeURIComponent(address.host)}`;

async function startRedis(ends: (() => Promise<unknown>)[]): Promise<string> {
  const port = await freePort();
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], {
    stdio: 'ignore',
  });
  await once(child, 'spawn');
  ends.push(async () => {
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  return `redis://127.0.0.1:${port}`;
}
