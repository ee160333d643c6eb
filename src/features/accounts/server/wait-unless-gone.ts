/** Makes somebody wait for an answer, at no cost but the time. */
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';

/**
 * Resolves after `ms` with true, or at once with false when whoever asks has hung up. Holds a timer and the connection, no work
 * and no place in any line, so that a thousand may wait.
 */
export async function waitUnlessGone({ raw }: FastifyReply, ms: number): Promise<boolean> {
  const over = new AbortController();
  const { signal } = over;
  const gone = once(raw, 'close', { signal }).catch(() => undefined);
  await Promise.race([wait(ms, undefined, { signal }).catch(() => undefined), gone]);
  over.abort();
  return !raw.destroyed;
}
