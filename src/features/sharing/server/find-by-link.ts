/** What is at a link, for whoever asks. Guessing tokens is hopeless, and is stopped all the same where it comes from. */
import type { FastifyRequest } from 'fastify';
import { countAttempt, fullUntil } from '#features/accounts/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import { AppError, notFound } from '#platform/errors.ts';
import { addressLimits } from '#platform/http/address.ts';
import type { Services } from '#platform/services.ts';
import { say } from './say.ts';

/** Links that lead nowhere, a minute and address. */
export const MISSES_PER_MINUTE = 60;
/** What is at a link, a minute and address: enough for a class behind one router, and for nobody who wants to keep a server busy with it. */
export const READS_PER_MINUTE = 600;

/**
 * Asks `find` for what is at a link: 404 for one that is unknown, expired, withdrawn or not there for now, said alike; 429 once too
 * many of those were asked for from one address, for links that are good as well, and for who reads without end.
 */
export async function findByLink<Found>(
  services: Services,
  request: FastifyRequest,
  find: (db: Queryable) => Promise<Found | null | false>,
): Promise<Found> {
  const limits = addressLimits('share', request.ip, MISSES_PER_MINUTE);
  refuseUntil(await fullUntil(services, limits));
  const found = await find(services.db.$client);
  const counted = found ? addressLimits('share-read', request.ip, READS_PER_MINUTE) : limits;
  refuseUntil((await countAttempt(services, counted)).retryAt);
  if (found) return found;
  throw notFound(say('share_not_there'));
}

function refuseUntil(retryAt: Date | null): void {
  if (retryAt) throw new AppError('rate_limited', say('share_guesses'), { retryAt });
}
