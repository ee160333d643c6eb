/** Makes what a test needs, with what that needs in turn; `finish` says when it goes again. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stop } from '#features/generations/server/run/cancel-generation.ts';
import type { Services } from '#platform/services.ts';
import { startUpstream, type Upstream } from '#test/upstream/start-upstream.ts';
import { admin, type Person } from './accounts.ts';
import { QUICK_CLOCK } from './clock.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { putMadeDatabase } from './made-database.ts';
import { type ParleyProcess, startParleyProcess } from './process.ts';
import { addUpstream } from './upstream-endpoint.ts';

/** `onTestFinished`; in a concurrent test its own one, because vitest knows no other there. */
export type Finish = (undo: () => void | Promise<void>) => void;

/** A fresh folder. */
export async function makeFolder(finish: Finish): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'parley-test-'));
  finish(() => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return path;
}

/** A fresh database with the current schema. */
export async function makeDatabase(finish: Finish): Promise<TestDatabase> {
  const database = await createTestDatabase();
  finish(() => database.drop());
  return database;
}

export type Ground = { dataDir: string; database: TestDatabase };

/** A data folder and a database, for one or more processes to stand on. */
export async function makeGround(finish: Finish): Promise<Ground> {
  return { dataDir: await makeFolder(finish), database: await makeDatabase(finish) };
}

/** A Parley in a process of its own, on a ground of its own. */
export async function makeProcess(
  finish: Finish,
  env: Record<string, string> = {},
): Promise<Ground & { parley: ParleyProcess }> {
  const ground = await makeGround(finish);
  const given = { DATABASE_URL: ground.database.url.url, ...env };
  const parley = await startParleyProcess({ dataDir: ground.dataDir, env: given });
  finish(() => parley.kill());
  return { ...ground, parley };
}

export type Whole = {
  readonly dataDir: string;
  readonly upstream: Upstream;
  readonly ada: Person;
  readonly parley: ParleyProcess;
  /** Starts it again, after a kill, at the same address, on what it left. */
  start(): Promise<void>;
};

/** A Parley that does everything in one process, on its own PostgreSQL, with an admin and models at `upstream/…`; its waits are short. */
export async function makeWhole(finish: Finish): Promise<Whole> {
  const dataDir = await makeFolder(finish);
  await putMadeDatabase(dataDir);
  const options = { dataDir, clock: QUICK_CLOCK };
  const upstream = await startUpstream();
  finish(() => upstream.close());
  let parley = await startParleyProcess(options);
  finish(async () => void (await parley.stop()));
  const { port } = new URL(parley.url);
  const ada = await admin(parley.url);
  await addUpstream(ada, upstream);
  return {
    dataDir,
    upstream,
    ada,
    get parley() {
      return parley;
    },
    async start() {
      parley = await startParleyProcess({ ...options, env: { PORT: port } });
    },
  };
}

/** A person's API key, as it is shown once. */
export async function makeKey(person: Person, name = 'K'): Promise<string> {
  const made = await person.fetch('/api/v1/api-keys', { method: 'POST', json: { name } });
  return ((await made.json()) as { key: string }).key;
}

/** Stops whatever waits or is written, so that no test leaves the next one behind it in line. */
export async function makeQuiet({ services }: { services: Services }): Promise<void> {
  const { rows } = await services.db.$client.query(
    `SELECT id FROM generations WHERE state IN ('queued', 'running')`,
  );
  await Promise.all(rows.map(({ id }) => stop(services, id)));
}
