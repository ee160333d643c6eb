/** Asks somebody who is signed in for their password, before what cannot be taken back. */
import { verifyPassword } from 'better-auth/crypto';
import { AppError } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { OWN } from './access.ts';
import { countAttempt } from './count-attempts.ts';
import { oneOfFew } from './one-of-few.ts';
import { say } from './say.ts';

/** Guesses a minute, wherever they come from: whoever is in an account may not try out passwords. */
const GUESSES = 20;

/** False for guests, and for who always signs in through a provider. */
export async function hasPassword(
  services: Services,
  { userId }: Pick<Principal, 'userId'>,
): Promise<boolean> {
  return (await hashOf(services, userId)) !== null;
}

/** Returns when it is theirs; 403 when it is not, or when they have none, and 429 after too many guesses. */
export async function confirmPassword(
  services: Services,
  { userId }: Pick<Principal, 'userId'>,
  password: string,
): Promise<void> {
  const { retryAt } = await countAttempt(services, [{ key: `password:${userId}`, max: GUESSES }]);
  if (retryAt) {
    const seconds = Math.max(1, Math.ceil((retryAt.getTime() - Date.now()) / 1000));
    throw new AppError('rate_limited', say('too_many_attempts', { seconds }), { retryAt });
  }
  const hash = await hashOf(services, userId);
  const isTheirs = hash ? await oneOfFew(() => verifyPassword({ hash, password })) : false;
  if (!isTheirs) throw new AppError('forbidden', say('wrong_password'), { field: 'password' });
}

async function hashOf({ db }: Services, userId: string): Promise<string | null> {
  const { rows } = await db.$client.query<{ password: string | null }>(
    `SELECT password FROM accounts WHERE ${OWN} AND provider_id = 'credential'`,
    [userId],
  );
  return rows[0]?.password ?? null;
}
