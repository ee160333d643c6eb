/** Places for what takes a thread of its own: so many work at a time, the others wait in turn (a semaphore). */
export type Places = {
  /** Comes when one of the places is free. Call what it gives when the work is over. */
  take(): Promise<() => void>;
};

export function createPlaces(most: number): Places {
  const waiting: (() => void)[] = [];
  let taken = 0;
  const leave = () => {
    // The place goes to who waits, or is free.
    const next = waiting.shift();
    if (next) next();
    else taken -= 1;
  };
  return {
    async take() {
      if (taken >= most) await new Promise<void>((resolve) => waiting.push(resolve));
      else taken += 1;
      return leave;
    },
  };
}
