/** What every benchmark needs: a Parley to measure, fair repetition, and a table. */

import { startTestParley, type TestParley } from '../test/harness/parley.ts';
import providePostgres from '../test/harness/provide-postgres.ts';

/** Runs `work` against a Parley on a database of its own, and cleans up. */
export async function withParley(work: (parley: TestParley) => Promise<void>): Promise<void> {
  const release = await providePostgres();
  const parley = await startTestParley();
  try {
    await work(parley);
  } finally {
    await parley.close();
    await release();
  }
}

export type Timing = { p50: number; p95: number };

/** Milliseconds of each subject, measured in turns so that a busy moment of the machine hits all alike. */
export async function timeInTurns<Name extends string>(
  subjects: Record<Name, () => Promise<unknown>>,
  rounds = 300,
): Promise<Record<Name, Timing>> {
  const samples = new Map<string, number[]>(Object.keys(subjects).map((name) => [name, []]));
  for (let round = -Math.ceil(rounds / 10); round < rounds; round++)
    for (const [name, run] of Object.entries<() => Promise<unknown>>(subjects)) {
      const started = performance.now();
      await run();
      // The first rounds warm up caches and the compiler.
      if (round >= 0) samples.get(name)!.push(performance.now() - started);
    }
  return Object.fromEntries(
    [...samples].map(([name, times]) => [name, { p50: quantile(times, 0.5), p95: quantile(times, 0.95) }]),
  ) as Record<Name, Timing>;
}

/** The value below which a share `at` of the samples lies. */
export function quantile(samples: readonly number[], at: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))]!;
}

/** Prints the timings, each with its ratio to the first one's median. */
export function printTimings(title: string, timings: Record<string, Timing>): void {
  const [floor] = Object.values(timings);
  console.log(`\n${title}`);
  console.table(
    Object.fromEntries(
      Object.entries(timings).map(([name, { p50, p95 }]) => [
        name,
        { 'p50 ms': p50.toFixed(2), 'p95 ms': p95.toFixed(2), ratio: (p50 / floor!.p50).toFixed(2) },
      ]),
    ),
  );
}

/** A GET that must answer 200, its body read to the end. */
export async function get(url: string, headers: Record<string, string>): Promise<string> {
  const answer = await fetch(url, { headers });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${answer.status} ${text}`);
  return text;
}
