/** Places for what takes much: so many work at a time, the others wait in turn (a semaphore). */
export type Places = {
  /** Comes when one of the places is free. Call what it gives when the work is over. */
  take(): Promise<() => void>;
  /** Runs the work when one of the places is free, and frees it however the work ends. */
  within<T>(work: () => Promise<T>): Promise<T>;
};

export function createPlaces(most: number): Places {
  const waiting: (() => void)[] = [];
  let taken = 0;
  const leave = () => {
    // Whoever is next takes this place, so that nobody slips in between.
    const next = waiting.shift();
    if (next) next();
    else taken -= 1;
  };
  const take = async () => {
    if (taken >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else taken += 1;
    return leave;
  };
  return {
    take,
    async within(work) {
      await take();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
