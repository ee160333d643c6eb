/** Bounds the guessing of somebody's codes. Only who has the password gets to guess, so a limit per account locks out nobody else's victim. */
import type { Services } from '#platform/services.ts';
import { countAttempt } from '../count-attempts.ts';
import type { Proof } from './second-factor.ts';

/** Of a million codes three are right at a time: ten guesses an hour find one in 1,400 days on average. */
const GUESSES = 10;
const HOUR_SECONDS = 3600;

const keyOf = (kind: Proof['kind'], userId: string): string => `second-factor:${kind}:${userId}`;

/** Counts a guess; the time until which there are no more, or null. */
export async function countGuess(
  services: Services,
  kind: Proof['kind'],
  userId: string,
): Promise<Date | null> {
  const limit = { key: keyOf(kind, userId), max: GUESSES, seconds: HOUR_SECONDS };
  return (await countAttempt(services, [limit])).retryAt;
}

/** Forgets the wrong ones: somebody has given a right one. */
export async function forgiveGuesses(
  { db }: Pick<Services, 'db'>,
  kind: Proof['kind'],
  userId: string,
): Promise<void> {
  await db.$client.query('DELETE FROM attempts WHERE key = $1', [keyOf(kind, userId)]);
}
