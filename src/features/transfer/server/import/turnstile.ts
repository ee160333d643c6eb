/** Who may bring something in now: one import of a person at a time, and a few at a process. */
import { AppError } from '#platform/errors.ts';
import { createPlaces } from '../places.ts';
import { say } from '../say.ts';

/** Bodies of up to a gigabyte that lie on the disk at a time. */
const MOST_WAITING = 8;
/** Files that are read at a time: each takes a thread, and memory for the largest chat there may be. */
const MOST_READ = 2;
const RETRY_MS = 10_000;

export type Turnstile = {
  /** 429 while another import of theirs goes on, 503 when the process has enough of them. Call what it gives when it is over. */
  enter(userId: string): () => void;
  /** Runs when one of the places to read is free. */
  read<T>(work: () => Promise<T>): Promise<T>;
};

export function createTurnstile(): Turnstile {
  const inside = new Set<string>();
  const places = createPlaces(MOST_READ);
  return {
    enter(userId) {
      const retryAt = new Date(Date.now() + RETRY_MS);
      if (inside.has(userId)) throw new AppError('rate_limited', say('one_at_a_time'), { retryAt });
      if (inside.size >= MOST_WAITING)
        throw new AppError('unavailable', say('too_many_imports'), { retryAt });
      inside.add(userId);
      return () => void inside.delete(userId);
    },
    async read(work) {
      const leave = await places.take();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
