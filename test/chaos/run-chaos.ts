/** One run: a cluster, clients, faults at random instants, then peace, and a look at what is left. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { admin } from '#test/harness/accounts.ts';
import { liftLimits } from '#test/harness/upstream-endpoint.ts';
import type { Behaviour } from '#test/upstream/behaviour.ts';
import { check } from './check.ts';
import { type Notes, runClient } from './client.ts';
import { type Cluster, startCluster } from './cluster.ts';
import type { ClientEntry, Violation } from './evidence.ts';
import { chooseFault, faultsFor } from './faults.ts';
import type { Pace } from './pace.ts';
import { createRandom, type Random } from './random.ts';
import { readCalls, readDatabase } from './read-evidence.ts';

export type ChaosOptions = {
  seconds: number;
  seed: number;
  /** Data, and the clients' logs as JSON lines, are left here for who wants to look. */
  folder: string;
  clients: number;
  webs: number;
  /** 0: the web processes are workers too. */
  workers: number;
  redis: boolean;
  pace: Pace;
  /** At most so many faults. */
  strikes?: number;
  /** Only these, by name. */
  only?: readonly string[];
  say(line: string): void;
};

export type ChaosReport = {
  seed: number;
  faults: Record<string, number>;
  accepted: number;
  retries: number;
  stops: number;
  /** Chats that were brought in. */
  brought: number;
  readings: number;
  events: number;
  upstreamCalls: number;
  states: Record<string, number>;
  /** Milliseconds from a fault's end until a client was told something again. */
  recoveriesMs: number[];
  /** Milliseconds from the last fault until every client had its ends. */
  settledMs: number;
  violations: Violation[];
  /** Processes that ended although nobody ended them, with their last words. */
  crashes: readonly string[];
  /** What the processes wrote on standard error. */
  errors: string;
};

const SLOTS = 6;

export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { pace } = options;
  const random = createRandom(options.seed);
  await mkdir(options.folder, { recursive: true });
  const cluster = await startCluster({
    dataDir: join(options.folder, 'data'),
    ...options,
    clock: pace.clock,
  });
  try {
    const url = `http://127.0.0.1:${cluster.front.port}`;
    await addEndpoint(url, cluster, pace);
    cluster.upstream.behave(upstreamMood(cluster, random.fork()));
    const { entries, notesOf, close } = noteBook(join(options.folder, 'clients.jsonl'));

    let over = false;
    const clients = Array.from({ length: options.clients }, (_, n) =>
      runClient({ url, random: random.fork(), notes: notesOf(n), stopped: () => over }),
    );
    const struck: { name: string; endedAt: number }[] = [];
    const all = faultsFor(cluster, pace);
    const faults = all.filter((fault) => options.only?.includes(fault.name) ?? true);
    const until = Date.now() + options.seconds * 1000;
    while (Date.now() < until && struck.length < (options.strikes ?? Number.POSITIVE_INFINITY)) {
      await sleep(random.whole(pace.calmMs.least, pace.calmMs.most));
      const fault = chooseFault(faults, random);
      if (!fault) continue;
      options.say(fault.name);
      await fault.strike(cluster, random);
      struck.push({ name: fault.name, endedAt: Date.now() });
    }
    over = true;
    const peaceAt = Date.now();
    options.say('peace');
    await Promise.all(clients);
    const settledMs = Date.now() - peaceAt;
    await allEnded(cluster);
    await close();
    const evidence = {
      clients: entries,
      ...(await readDatabase(cluster.databaseUrl)),
      calls: await closedCalls(cluster),
    };
    const count = (kind: ClientEntry['kind']) => entries.filter((entry) => entry.kind === kind).length;
    return {
      seed: options.seed,
      faults: tally(struck.map(({ name }) => name)),
      accepted: count('accepted'),
      retries: count('retried'),
      stops: count('cancelled'),
      brought: entries.reduce((sum, entry) => sum + (entry.kind === 'brought' ? entry.chats.length : 0), 0),
      readings: count('reading'),
      events: count('event'),
      upstreamCalls: evidence.calls.length,
      states: tally(evidence.generations.map(({ state }) => state)),
      recoveriesMs: struck.flatMap(({ endedAt }) => {
        const next = entries.find((entry) => entry.kind === 'event' && entry.at >= endedAt);
        return next ? [next.at - endedAt] : [];
      }),
      settledMs,
      violations: check(evidence),
      crashes: cluster.crashes,
      errors: cluster.errors(),
    };
  } finally {
    await cluster.stop();
  }
}

async function addEndpoint(url: string, { back }: Cluster, { firstTokenMs, idleMs }: Pace): Promise<void> {
  const ada = await admin(url);
  await liftLimits(ada);
  const response = await ada.fetch('/api/v1/admin/endpoints', {
    method: 'POST',
    json: {
      name: 'chaos',
      kind: 'openai-compatible',
      baseUrl: `http://127.0.0.1:${back.port}/v1`,
      slots: SLOTS,
      timeouts: { queueMs: 60_000, firstTokenMs, idleMs, totalMs: 60_000 },
    },
  });
  if (response.status !== 201) throw new Error(`no endpoint: ${await response.text()}`);
}

/** Mostly well, now and then not; every token says which call it belongs to. */
function upstreamMood({ upstream }: Cluster, random: Random): () => Behaviour {
  return () => {
    const call = upstream.requests.length - 1;
    const tokens = random.whole(5, 120);
    const well: Behaviour = {
      pieces: Array.from({ length: tokens }, (_, at) => `c${call}w${at} `),
      rate: random.pick([0, 30, 60, 120]),
      ttft: random.pick([0, 0, 20, 200]),
    };
    const mood = random.next();
    if (mood < 0.03) return { status: 500 };
    if (mood < 0.05) return { status: 429, retryAfter: '1' };
    if (mood < 0.07) return { reset: 'headers' };
    if (mood < 0.09) return { ...well, reset: 'mid' };
    if (mood < 0.1) return { ...well, hang: 'mid' };
    if (mood < 0.11) return { ...well, hang: 'headers' };
    return well;
  };
}

/** Clients' logs, in memory for the checker and as JSON lines for people. */
function noteBook(path: string) {
  const entries: ClientEntry[] = [];
  const file = createWriteStream(path);
  let readings = 0;
  const notesOf = (client: number): Notes => ({
    write(entry) {
      const whole = { at: Date.now(), client, ...entry } as ClientEntry;
      entries.push(whole);
      file.write(`${JSON.stringify(whole)}\n`);
    },
    reading: () => ++readings,
  });
  const close = () => new Promise<void>((resolve) => file.end(resolve));
  return { entries, notesOf, close };
}

/** Generations whose client gave up reading end too; what does not within this is stuck. */
const ENDING_MS = 45_000;

async function allEnded(cluster: Cluster): Promise<void> {
  await Promise.all(cluster.members.map((member) => member.up()));
  for (const deadline = Date.now() + ENDING_MS; Date.now() < deadline; await sleep(250)) {
    const { generations, messages, indexed } = await readDatabase(cluster.databaseUrl);
    // What was said is entered into the search index a moment later.
    const entered = new Set(indexed.map(({ messageId }) => messageId));
    if (
      generations.every(({ finishedAt }) => finishedAt !== null) &&
      messages.every(({ id }) => entered.has(id))
    )
      return;
  }
}

/** Sockets that were cut by a proxy take a moment to be noticed. */
async function closedCalls({ upstream }: Cluster) {
  for (const deadline = Date.now() + 5000; Date.now() < deadline; await sleep(100))
    if (readCalls(upstream).every((call) => !call.open)) break;
  return readCalls(upstream);
}

const tally = (names: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    Map.groupBy(names, (name) => name)
      .entries()
      .map(([name, all]) => [name, all.length]),
  );

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
