/** How late tokens come when many streams run at once: from the upstream's write to the reader's read. */
import { type Figure, percentile, printTable } from './harness/figures.ts';
import { cpuSeconds } from './harness/processes.ts';
import { onGround, type RunOptions, scaled, sleep } from './harness/run.ts';
import { openStream, type Relay } from './harness/streams.ts';

/** Streams begin one after another, 200 a second: what is measured is how they run, not a rush at the door. */
const RAMP_MS_PER_STREAM = 5;
const SECONDS = 10;
const LOADS = [
  { streams: 200, rate: 50, must: 60, aim: undefined },
  { streams: 1000, rate: 20, must: 250, aim: 100 },
];

type Measured = { delays: number[]; errors: number; cpu: number };

export const delay = (options: RunOptions): Promise<void> =>
  onGround(options, async ({ parley, pipe, floor }) => {
    await measure(parley.relay, parley.pids, { streams: 20, rate: 50, tokens: 50 });
    for (const { streams: full, rate, must, aim } of LOADS) {
      const streams = scaled(full, options, 10);
      const load = { streams, rate, tokens: rate * scaled(SECONDS, options, 2) };
      const bare = await measure(floor, [pipe.pid], load);
      const own = await measure(parley.relay, parley.pids, load);
      const row = (what: string, share: number): Figure => ({
        what,
        unit: 'ms',
        value: percentile(own.delays, share) / 1000,
        floor: percentile(bare.delays, share) / 1000,
      });
      printTable(`Token delay, ${streams} streams × ${rate} tokens/s`, [
        row('p50', 0.5),
        { ...row('p95', 0.95), must, ...(aim && { aim }) },
        row('p99', 0.99),
        { what: 'streams that failed', unit: '', value: own.errors, floor: bare.errors, must: 0 },
        { what: 'CPU', unit: 's/s', value: own.cpu, floor: bare.cpu },
      ]);
    }
  });

async function measure(
  relay: Relay,
  pids: readonly number[],
  { streams, rate, tokens }: { streams: number; rate: number; tokens: number },
): Promise<Measured> {
  const delays: number[] = [];
  const before = cpuSeconds(pids);
  const startedAt = performance.now();
  const open = async () => {
    await sleep(Math.random() * RAMP_MS_PER_STREAM * streams);
    return openStream(relay, `tokens=${tokens} rate=${rate}`, { onToken: (micros) => delays.push(micros) })
      .done;
  };
  const results = await Promise.all(Array.from({ length: streams }, open));
  const seconds = (performance.now() - startedAt) / 1000;
  const failed = results.filter((result) => !result.ok || result.tokens !== tokens);
  for (const why of new Set(failed.map((result) => result.why))) console.error(`${relay.name}: ${why}`);
  return {
    delays,
    errors: failed.length,
    cpu: (cpuSeconds(pids) - before) / seconds,
  };
}
