/** Tokens relayed per second of CPU, all processes counted: parse, number, persist, publish, write out. */
import { printTable } from './harness/figures.ts';
import { cpuSeconds } from './harness/processes.ts';
import { onGround, type RunOptions, scaled, sleep } from './harness/run.ts';
import { openStream, type Relay } from './harness/streams.ts';

const STREAMS = 32;
/** Per stream; long enough that starting a stream does not count. */
const TOKENS = 10_000;

export const throughput = (options: RunOptions): Promise<void> =>
  onGround(options, async ({ parley, pipe, floor }) => {
    const tokens = scaled(TOKENS, options, 500);
    const measure = async (relay: Relay, pids: readonly number[], rate: number, count: number) => {
      const before = cpuSeconds(pids);
      const startedAt = performance.now();
      const streams = Array.from({ length: STREAMS }, () =>
        openStream(relay, `tokens=${count} rate=${rate}`),
      );
      const results = await Promise.all(streams.map((stream) => stream.done));
      const seconds = (performance.now() - startedAt) / 1000;
      // The last flush, commit and notification belong to the work.
      await sleep(300);
      const relayed = results.reduce((sum, result) => sum + result.tokens, 0);
      if (relayed !== STREAMS * count)
        throw new Error(`${relay.name} relayed ${relayed} of ${STREAMS * count} tokens`);
      return { perCpuSecond: relayed / (cpuSeconds(pids) - before), perSecond: relayed / seconds };
    };
    for (const relay of [floor, parley.relay]) await measure(relay, [pipe.pid], 0, 300);
    const fast = {
      floor: await measure(floor, [pipe.pid], 0, tokens),
      parley: await measure(parley.relay, parley.pids, 0, tokens),
    };
    const paced = {
      floor: await measure(floor, [pipe.pid], 100, scaled(600, options, 100)),
      parley: await measure(parley.relay, parley.pids, 100, scaled(600, options, 100)),
    };
    const bounds = { must: 0.2, aim: 0.35, bound: 'least', ratio: true } as const;
    printTable(`Tokens per CPU-second, ${STREAMS} streams, PostgreSQL's CPU included`, [
      {
        what: `as fast as read, ${tokens} each`,
        unit: 'tokens',
        value: fast.parley.perCpuSecond,
        floor: fast.floor.perCpuSecond,
        ...bounds,
      },
      {
        what: '… per second of time',
        unit: 'tokens',
        value: fast.parley.perSecond,
        floor: fast.floor.perSecond,
      },
      {
        what: 'at 100 tokens/s each',
        unit: 'tokens',
        value: paced.parley.perCpuSecond,
        floor: paced.floor.perCpuSecond,
      },
    ]);
  });
