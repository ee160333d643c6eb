/** The one way of doing something again and again: one round at a time, a wait in between, until it is stopped. */

/**
 * Milliseconds between the end of a round and the next one; or, where a round that takes long should come more seldom,
 * `perRound` times what the last one took, within bounds.
 */
export type Pace = number | { least: number; most: number; perRound: number };

/** What is being repeated. */
export type Repeated = {
  /** Begins a round now; while one is under way, another right after it, because that one may have seen too little. */
  soon(): void;
  /** Begins no more rounds; resolves when the one under way has ended. */
  stop(): Promise<void>;
};

/**
 * Repeats `work` on a poll timer; the first round comes after a wait, or at once with `soon()`. A round that fails is
 * handed to `onError` and is no reason to stop. The timer alone keeps no process alive.
 */
export function repeat(work: () => Promise<void>, pace: Pace, onError: (error: Error) => void): Repeated {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  function wait(tookMs: number): void {
    const ms =
      typeof pace === 'number' ? pace : Math.min(pace.most, Math.max(pace.least, tookMs * pace.perRound));
    timer = setTimeout(begin, ms).unref();
  }

  function begin(): void {
    clearTimeout(timer);
    running = round();
  }

  async function round(): Promise<void> {
    const startedAt = performance.now();
    again = false;
    try {
      await work();
    } catch (error) {
      onError(error as Error);
    }
    running = null;
    if (stopped) return;
    if (again) begin();
    else wait(performance.now() - startedAt);
  }

  wait(0);
  return {
    soon() {
      if (stopped) return;
      if (running) again = true;
      else begin();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
