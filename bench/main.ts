/** `npm run bench -- <name>`: runs a benchmark, prints its table, ends by itself. */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { big } from './big.ts';
import { claims } from './claim.ts';
import { delay } from './delay.ts';
import { fairness } from './fairness.ts';
import type { RunOptions } from './harness/run.ts';
import { layers } from './layers.ts';
import { searches } from './search.ts';
import { start } from './start.ts';
import { stopAndResume } from './stop-and-resume.ts';
import { subscribers } from './subscribers.ts';
import { throughput } from './throughput.ts';
import { transfer } from './transfer.ts';
import { ttft } from './ttft.ts';

const BENCHMARKS: Record<string, (options: RunOptions) => Promise<void>> = {
  ttft,
  layers,
  throughput,
  delay,
  subscribers,
  stop: stopAndResume,
  claim: claims,
  fairness,
  search: searches,
  start,
  transfer,
  big,
};

const USAGE = `npm run bench -- ${Object.keys(BENCHMARKS).join('|')}|all [options]
  --workers N   one web process and N workers on one database, instead of one process (ttft, throughput, delay)
  --redis       with --workers: live events over a Redis of its own
  --scale S     counts and times multiplied by S; less than 1 to try things out
  --profile D   every Parley process leaves a CPU profile in the folder D`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    workers: { type: 'string', default: '0' },
    redis: { type: 'boolean', default: false },
    scale: { type: 'string', default: '1' },
    profile: { type: 'string' },
  },
});
const options: RunOptions = {
  workers: Number(values.workers),
  redis: values.redis,
  scale: Number(values.scale),
  profileDir: values.profile ?? null,
};
const names = positionals.includes('all') ? Object.keys(BENCHMARKS) : positionals;
if (names.length === 0 || names.some((name) => !BENCHMARKS[name])) {
  console.error(USAGE);
  process.exit(1);
}
console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${(totalmem() / 1e9).toFixed(0)} GB, Node ${process.versions.node}` +
    `; ${options.workers ? `1 web and ${options.workers} workers${options.redis ? ', Redis' : ''}` : 'one process'}`,
);
let failed = false;
for (const name of names)
  try {
    await BENCHMARKS[name]!(options);
  } catch (error) {
    failed = true;
    console.error(`\n${name} failed:`, error);
  }
process.exit(failed ? 1 : 0);
