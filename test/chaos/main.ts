/** `npm run chaos -- --minutes 30 --seed 7`: a long run, and its report. Exit code 1 when a promise was broken. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { REAL_PACE } from './pace.ts';
import { runChaos } from './run-chaos.ts';
import { runKills } from './run-kills.ts';
import { sayReport } from './say-report.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string' },
    clients: { type: 'string', default: '8' },
    webs: { type: 'string', default: '2' },
    workers: { type: 'string', default: '2' },
    'no-redis': { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    /** So many cycles of kill -9 in mid-stream instead, one process with everything. */
    kills: { type: 'string' },
    keep: { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
const folder = await mkdtemp(join(tmpdir(), 'parley-chaos-'));
const startedAt = Date.now();
const say = (line: string) => {
  if (!values.quiet) console.log(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(7)} s  ${line}`);
};
const report = values.kills
  ? await runKills({ kills: Number(values.kills), seed, folder, say })
  : await runChaos({
      seconds: Number(values.minutes) * 60,
      seed,
      folder,
      clients: Number(values.clients),
      webs: Number(values.webs),
      workers: Number(values.workers),
      redis: !values['no-redis'],
      pace: REAL_PACE,
      ...(values.only && { only: values.only }),
      say,
    });
const broken = report.violations.length > 0 || report.crashes.length > 0;
sayReport(report, (Date.now() - startedAt) / 1000);
if (values.keep || broken) console.log(`\nLogs and data: ${folder}`);
else await rm(folder, { recursive: true, force: true });
process.exit(broken ? 1 : 0);
