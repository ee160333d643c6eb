/** How often a user may change something in a minute, over every channel. */
import type { FastifyRequest } from 'fastify';
import { AppError } from '#platform/errors.ts';
import type { App } from '#platform/http/app.ts';
import type { Services } from '#platform/services.ts';
import { take } from './count-attempts.ts';
import { effectiveLimits } from './limits.ts';
import { say } from './say.ts';

/** Changes a minute. Who may send more often than half of that may change twice as often as they may send. */
export const WRITES_PER_MINUTE = 600;
const WRITES_PER_SEND = 2;
/**
 * Changes that are counted in the database in one go, and spent here: so the limit holds over all processes, and one in so
 * many changes waits for the database. What a process does not spend is lost to the minute.
 */
const ALLOTMENT = 20;
/** Beyond it the memory is emptied, which costs some users an allotment. */
const MAX_REMEMBERED = 10_000;

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

type Allotment = { left: number; until: number; refusal: AppError | null };
/** Counts one change of a user; 429 `rate_limited` when it is one too many. */
export type CountWrite = (userId: string) => Promise<void>;

/** Counts every request of a user that changes something, and returns how other channels count theirs. Comes after the guard. */
export function limitWrites(app: App, services: Services): CountWrite {
  const count = createWriteCount(services);
  app.addHook('onRequest', async (request: FastifyRequest) => {
    if (request.principal && !READING.has(request.method)) await count(request.principal.userId);
  });
  return count;
}

function createWriteCount(services: Services): CountWrite {
  if (!services.config.rateLimits) return async () => {};
  const allotted = new Map<string, Promise<Allotment>>();

  return async (userId) => {
    for (;;) {
      const asked = allotted.get(userId);
      const known = asked && (await asked);
      if (known && known.until > performance.now()) {
        if (known.refusal) throw known.refusal;
        if (known.left > 0) {
          known.left -= 1;
          return;
        }
      }
      // Of several that come at once the first asks, and the others wait for its answer.
      if (allotted.get(userId) === asked) ask(userId);
    }
  };

  function ask(userId: string): void {
    if (allotted.size >= MAX_REMEMBERED) allotted.clear();
    const answer = allot(services, userId);
    allotted.set(userId, answer);
    // A failed look-up is not an answer: the next change asks again.
    answer.catch(() => allotted.delete(userId));
  }
}

async function allot(services: Services, userId: string): Promise<Allotment> {
  const { requestsPerMinute } = await effectiveLimits(services, userId);
  const limit = Math.max(WRITES_PER_MINUTE, WRITES_PER_SEND * requestsPerMinute);
  const { count, resetsAt, resetsInMs } = await take(services, `writes:${userId}`, ALLOTMENT);
  const left = Math.min(ALLOTMENT, limit - (count - ALLOTMENT));
  const until = performance.now() + resetsInMs;
  if (left > 0) return { left, until, refusal: null };
  const sentence = say('writes_per_minute', { limit });
  return { left: 0, until, refusal: new AppError('rate_limited', sentence, { retryAt: resetsAt }) };
}
