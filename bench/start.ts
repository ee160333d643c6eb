/** From `npm start`, installed and built, to a page that is served; and what it holds in memory when nobody is there. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { follow } from '#test/harness/process.ts';
import { median, printTable } from './harness/figures.ts';
import { memoryBytes, parentOf, postmasterOf } from './harness/processes.ts';
import { type RunOptions, scaled, sleep } from './harness/run.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TIMES = 7;
/** Until what starting took has been given back. */
const REST_MS = 5000;

export async function start(options: RunOptions): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  try {
    // The first start makes the database and may build the page; it does not count.
    const first = await startOnce(dataDir, 0);
    const times: number[] = [];
    for (let n = 0; n < scaled(TIMES, options, 2); n++) times.push((await startOnce(dataDir, 0)).ms);
    const atRest = await startOnce(dataDir, REST_MS);
    printTable('Start', [
      {
        what: '`npm start` → page served, median',
        unit: 's',
        value: median(times) / 1000,
        must: 4,
        aim: 1.5,
      },
      { what: 'first start on an empty data folder', unit: 's', value: first.ms / 1000 },
      {
        what: 'memory at rest, Parley and PostgreSQL',
        unit: 'MB',
        value: atRest.bytes / 1e6,
        must: 250,
        aim: 150,
      },
      { what: '… with npm, which waits beside them', unit: 'MB', value: atRest.withNpm / 1e6 },
    ]);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function startOnce(dataDir: string, restMs: number) {
  const startedAt = performance.now();
  const child = spawn('npm', ['start', '--', '--port', '0', '--data', dataDir], {
    cwd: ROOT,
    env: { ...process.env, DISCOVER_LOCAL: 'off', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const parley = await follow(child);
  const page = await fetch(parley.url);
  if (page.status !== 200) throw new Error(`the page answered ${page.status}`);
  await page.text();
  const ms = performance.now() - startedAt;
  await sleep(restMs);
  // Parley is what started PostgreSQL, which counts with it.
  const bytes = memoryBytes([parentOf(postmasterOf(dataDir))]);
  const withNpm = memoryBytes([parley.pid]);
  await parley.stop();
  return { ms, bytes, withNpm };
}
