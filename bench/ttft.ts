/** Added time to the first token: what Parley puts between a question and the beginning of its answer. */
import { type Figure, median, percentile, printTable } from './harness/figures.ts';
import { onGround, type RunOptions, scaled, sleep } from './harness/run.ts';
import { openStream, type Relay } from './harness/streams.ts';

const SAMPLES = 400;
const WARM_UP = 50;
/** Between questions, so that each finds an idle queue. */
const PAUSE_MS = 15;

export const ttft = (options: RunOptions): Promise<void> =>
  onGround(options, async ({ parley, direct, floor }) => {
    const relays: Relay[] = [direct, floor, parley.relay];
    const times = new Map<Relay, number[]>(relays.map((relay) => [relay, []]));
    const samples = scaled(SAMPLES, options, 20);
    for (let n = -scaled(WARM_UP, options, 10); n < samples; n++)
      // One after the other in turn, so that a noisy moment strikes all of them.
      for (const relay of relays) {
        const { firstTokenMs, ok } = await openStream(relay, 'tokens=5 rate=0').done;
        if (!ok) throw new Error(`${relay.name} failed`);
        if (n >= 0) times.get(relay)!.push(firstTokenMs);
        await sleep(PAUSE_MS);
      }
    const base = median(times.get(direct)!);
    const added = (relay: Relay, share: number) => percentile(times.get(relay)!, share) - base;
    const figures: Figure[] = [
      { what: 'p50', must: 15, aim: 4, share: 0.5 },
      { what: 'p95', share: 0.95 },
      { what: 'p99', must: 50, aim: 15, share: 0.99 },
    ].map(({ share, ...rest }) => ({
      ...rest,
      unit: 'ms',
      value: added(parley.relay, share),
      floor: added(floor, share),
    }));
    printTable(
      `Added time to first token, idle queue, ${samples} questions (asked directly: p50 ${base.toFixed(2)} ms)`,
      figures,
    );
  });
