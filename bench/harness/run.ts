/** What a benchmark is given, and the ground that most of them stand on. */
import { type BenchOptions, type BenchParley, startBenchParley } from './parley.ts';
import { type Program, startProgram } from './program.ts';
import { openAiRelay, type Relay } from './streams.ts';

export type RunOptions = BenchOptions & {
  /** Scales counts and durations; 1 is what is published, less is for trying things out. */
  scale: number;
};

export type Ground = {
  readonly parley: BenchParley;
  readonly upstream: Program;
  readonly pipe: Program;
  readonly direct: Relay;
  readonly floor: Relay;
};

/** Starts upstream, pipe and Parley, lets `work` measure, and ends them all. */
export async function onGround(
  options: RunOptions,
  work: (ground: Ground) => Promise<void>,
  people?: number,
): Promise<void> {
  const upstream = await startProgram('upstream');
  const pipe = await startProgram('pipe', [upstream.url]);
  const parley = await startBenchParley(upstream.url, options, people).catch(async (error) => {
    await Promise.all([pipe.stop(), upstream.stop()]);
    throw error;
  });
  try {
    await work({
      parley,
      upstream,
      pipe,
      direct: openAiRelay('direct', upstream.url),
      floor: openAiRelay('pipe', pipe.url),
    });
  } finally {
    await parley.stop();
    await Promise.all([pipe.stop(), upstream.stop()]);
  }
}

/** A count scaled down for a trial, at least `least`. */
export const scaled = (count: number, { scale }: RunOptions, least = 1): number =>
  Math.max(least, Math.round(count * scale));

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
