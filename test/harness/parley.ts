/** A whole Parley in the test's own process, on a fresh database and a free port. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Parley, startParley } from '#app';
import type { Config } from '#config';
import { type Clock, REAL_CLOCK } from '#platform/clock.ts';
import type { Services } from '#platform/services.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

export type TestParley = {
  /** `http://127.0.0.1:<port>`; empty when the web role was left out. */
  readonly url: string;
  readonly parley: Parley;
  readonly services: Services;
  readonly database: TestDatabase;
  /** Stops it; the database and the data folder go too, unless they were given. */
  close(): Promise<void>;
};

/** What a restart on the same data needs: give it to start a second Parley where the first one was. */
export type TestGround = { database?: TestDatabase; dataDir?: string };

/** Every setting stated, none read from the environment, so that a developer's `.env` cannot change a test. */
export function testConfig(overrides: Partial<Config> = {}): Config {
  return {
    port: 0,
    host: '127.0.0.1',
    dataDir: join(tmpdir(), 'parley-test-unused'),
    databaseUrl: undefined,
    databaseConnections: 20,
    redisUrl: undefined,
    files: { folder: join(overrides.dataDir ?? join(tmpdir(), 'parley-test-unused'), 'files') },
    roles: new Set(['web', 'worker']),
    mail: undefined,
    signUp: 'open',
    signInProviders: [],
    guests: true,
    guestTimeoutMinutes: 43_200,
    maxChats: 1000,
    apiKeyIdleDays: 180,
    baseUrl: undefined,
    basePath: '',
    allowedHosts: [],
    trustProxy: false,
    secretKey: undefined,
    metricsToken: undefined,
    workerPort: undefined,
    rateLimits: false,
    logLevel: process.env.TEST_LOG_LEVEL ?? 'silent',
    providers: { anthropic: {}, openai: {} },
    discoverLocal: false,
    apiKey: undefined,
    ...overrides,
  };
}

/** Starts one, on the real clock where no other is given; always `close` it, in `afterAll` or with `onTestFinished`. */
export async function startTestParley(
  overrides: Partial<Config> = {},
  ground: TestGround = {},
  clock: Partial<Clock> = {},
): Promise<TestParley> {
  const database = ground.database ?? (await createTestDatabase());
  const dataDir = ground.dataDir ?? overrides.dataDir ?? (await mkdtemp(join(tmpdir(), 'parley-test-')));
  const config = testConfig({ ...overrides, dataDir });
  const parley = await startParley(config, database.url, { ...REAL_CLOCK, ...clock });
  return {
    url: parley.address ?? '',
    parley,
    services: parley.services,
    database,
    async close() {
      await parley.close();
      if (!ground.database) await database.drop();
      if (!ground.dataDir && !overrides.dataDir) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
