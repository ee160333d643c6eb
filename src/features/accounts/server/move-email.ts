/** Moving an account to another address. */
import { inTransaction, isUniqueViolation, type Tx } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { Manner } from './mail/mail-about.ts';
import { sendLater } from './mail/mail-job.ts';
import { say } from './say.ts';

/**
 * Moves the asker's account to another address, once their password was checked: where there is mail when its link is opened there,
 * else at once and unproved; which of both is answered. Where there is mail nobody learns whether somebody else has that address.
 */
export async function changeEmail(
  services: Services,
  { userId }: Principal,
  given: string,
  manner: Manner,
): Promise<'on its way' | 'moved'> {
  const email = given.toLowerCase();
  if (services.config.mail) {
    await sendLater(services, services.db.$client, { about: 'verify', userId, email }, manner);
    return 'on its way';
  }
  try {
    await inTransaction(services.db, (tx) => moveEmail(services, tx, { userId, email }, false, manner));
    return 'moved';
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('conflict', say('email_taken'), { field: 'email' });
    throw error;
  }
}

/** False when there is no such account any more. Who had a mailbox under the old address is told there. */
export async function moveEmail(
  services: Services,
  tx: Tx,
  { userId, email }: { userId: string; email: string },
  isProved: boolean,
  manner: Manner,
): Promise<boolean> {
  const { rows } = await tx.query<{ email: string; email_verified: boolean }>(
    'SELECT email, email_verified FROM users WHERE id = $1 AND NOT is_anonymous FOR UPDATE',
    [userId],
  );
  const before = rows[0];
  if (!before) return false;
  await tx.query('UPDATE users SET email = $2, email_verified = $3, updated_at = now() WHERE id = $1', [
    userId,
    email,
    isProved || (before.email === email && before.email_verified),
  ]);
  if (before.email !== email && before.email_verified)
    await sendLater(services, tx, { about: 'moved', email: before.email }, manner);
  return true;
}
