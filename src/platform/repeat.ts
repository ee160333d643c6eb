/** Between two rounds: at least `least` ms, at most `most`, in between `perRound` times what the last round took. */
export type Pace = { least: number; most: number; perRound: number };

/** Does `work` again and again, one round at a time, until the function it returns is called. */
export function repeat(
  work: () => Promise<void>,
  { least, most, perRound }: Pace,
  onError: (error: Error) => void,
): () => void {
  let timer: NodeJS.Timeout;
  let stopped = false;
  const wait = (ms: number) => {
    timer = setTimeout(round, ms);
  };
  async function round(): Promise<void> {
    const startedAt = performance.now();
    await work().catch(onError);
    const took = performance.now() - startedAt;
    if (!stopped) wait(Math.min(most, Math.max(least, took * perRound)));
  }
  wait(least);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
