/** Everything a run needs, as processes of its own: PostgreSQL, perhaps Redis, web and worker processes, an upstream. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#platform/clock.ts';
import { openEmbeddedPostgres } from '#platform/embedded-postgres/embedded-postgres.ts';
import { createLogger } from '#platform/log.ts';
import { freePort } from '#test/harness/free-port.ts';
import { type ParleyProcess, startParleyProcess } from '#test/harness/process.ts';
import { startUpstream, type Upstream } from '#test/upstream/start-upstream.ts';
import { type BadNetwork, startProxy } from './proxy.ts';

/** How long something that was killed stays away before it is started again. */
const AWAY_MS = 300;

/** A process of Parley that is started again whenever it ends. */
export type Member = {
  readonly role: 'web' | 'worker';
  readonly name: string;
  /** Undefined while it is being started again. */
  process: ParleyProcess | undefined;
  signal(signal: NodeJS.Signals): void;
  /** Resolves when it is up (again). */
  up(): Promise<ParleyProcess>;
};

export type Cluster = {
  readonly databaseUrl: string;
  /** Between clients and web processes; a new connection goes to one that answers. */
  readonly front: BadNetwork;
  /** Between workers and the upstream. */
  readonly back: BadNetwork;
  readonly upstream: Upstream;
  readonly members: readonly Member[];
  /** The postmaster's process number now. */
  postmaster(): Promise<number | null>;
  /** Process numbers of PostgreSQL's connections to Parley. */
  backends(): Promise<number[]>;
  readonly redis: { kill(): void } | null;
  /** Processes that ended although nobody ended them. */
  readonly crashes: readonly string[];
  /** Everything that was said on standard error, for when something goes wrong. */
  errors(): string;
  stop(): Promise<void>;
};

export type ClusterOptions = { dataDir: string; webs: number; workers: number; redis: boolean; clock: Clock };

export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { dataDir, clock } = options;
  const ends: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  const said: string[] = [];
  const crashes: string[] = [];
  try {
    // It starts itself again when it was killed.
    const postgres = await openEmbeddedPostgres(dataDir, createLogger('silent'));
    ends.push(() => postgres.close());
    const { host, user, database } = postgres.address as { host: string; user: string; database: string };
    const databaseUrl = `postgres://${user}@localhost:5432/${database}?host=${encodeURIComponent(host)}`;
    const upstream = await startUpstream({ models: ['chaos'] });
    ends.push(() => upstream.close());
    const back = await startProxy([upstream.port]);
    ends.push(() => back.close());
    const redis = options.redis ? await startRedis() : null;
    if (redis) ends.push(redis.stop);

    const ports = await Promise.all(Array.from({ length: options.webs }, freePort));
    const front = await startProxy(ports);
    ends.push(() => front.close());
    const env = {
      DATABASE_URL: databaseUrl,
      SECRET_KEY: 'only-for-a-run-of-the-chaos-harness',
      RATE_LIMITS: 'off',
      MAX_CHATS: '1000000',
      ...(redis && { REDIS_URL: redis.url }),
    };
    const single = options.workers === 0;
    const members: (Member & { stop(): Promise<void> })[] = [];
    for (const [n, port] of ports.entries())
      members.push(
        keep(
          'web',
          `web ${n}`,
          { dataDir, clock },
          { ...env, PORT: String(port), ROLES: single ? 'web,worker' : 'web' },
          said,
          crashes,
        ),
      );
    for (let n = 0; n < options.workers; n++)
      members.push(
        keep('worker', `worker ${n}`, { dataDir, clock }, { ...env, ROLES: 'worker' }, said, crashes),
      );
    ends.push(() => Promise.all(members.map((member) => member.stop())));
    await Promise.all(members.map((member) => member.up()));

    const postmaster = async () => {
      const text = await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8').catch(() => '');
      return Number(text.split('\n')[0]) || null;
    };
    return {
      databaseUrl,
      front,
      back,
      upstream,
      members,
      postmaster,
      async backends() {
        const pid = await postmaster();
        if (!pid) return [];
        const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
        const found: number[] = [];
        for (const child of children.split(' ').filter(Boolean)) {
          const title = await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '');
          if (/^postgres: \w+ \w+ /.test(title)) found.push(Number(child));
        }
        return found;
      },
      redis,
      crashes,
      errors: () => said.join(''),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function keep(
  role: Member['role'],
  name: string,
  place: { dataDir: string; clock: Clock },
  env: Record<string, string>,
  said: string[],
  crashes: string[],
): Member & { stop(): Promise<void> } {
  let stopping = false;
  let ending = false;
  let current = Promise.withResolvers<ParleyProcess>();
  const member: Member & { stop(): Promise<void> } = {
    role,
    name,
    process: undefined,
    signal(signal) {
      ending ||= signal === 'SIGKILL' || signal === 'SIGTERM';
      try {
        if (member.process) process.kill(member.process.pid, signal);
      } catch {
        // It ended in this moment.
      }
    },
    up: () => current.promise,
    async stop() {
      stopping = true;
      const running = await current.promise;
      member.signal('SIGCONT');
      const late = setTimeout(() => member.signal('SIGKILL'), 15_000);
      await running.stop();
      clearTimeout(late);
    },
  };
  const run = async () => {
    for (;;) {
      try {
        const started = await startParleyProcess({ ...place, env });
        member.process = started;
        current.resolve(started);
        await started.ended;
        member.process = undefined;
        current = Promise.withResolvers();
        if (!ending && !stopping) crashes.push(`${name}: ${started.output().stderr.slice(-2000)}`);
        ending = false;
        said.push(`--- ${name}\n${started.output().stderr}`);
        if (stopping) return;
      } catch (error) {
        // The database may be away; a service manager would try again as well.
        said.push(`--- ${name} did not start\n${(error as Error).message}\n`);
        if (stopping) return;
      }
      await sleep(AWAY_MS);
    }
  };
  void run();
  return member;
}

type Redis = { url: string; kill(): void; stop(): Promise<void> };

/** A Redis that keeps nothing and is started again when it is killed; null where there is no such program. */
async function startRedis(): Promise<Redis | null> {
  const program = ['redis-server', 'valkey-server'].find((name) => !spawnSync(name, ['--version']).error);
  if (!program) return null;
  const port = await freePort();
  let child: ChildProcess;
  let stopping = false;
  const run = () => {
    if (stopping) return;
    child = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], {
      stdio: 'ignore',
    });
    child.once('exit', () => {
      setTimeout(run, AWAY_MS);
    });
  };
  run();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
