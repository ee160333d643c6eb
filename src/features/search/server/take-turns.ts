/** Runs at most so many at once; the others wait in order. */
export type TakeTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Makes such a gate (semaphore). */
export function takeTurns(most: number): TakeTurn {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running === most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      // Whoever is next takes this place, so that nobody slips in between.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
