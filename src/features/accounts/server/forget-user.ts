/** Removing a person: what is theirs alone goes, what others or the ledger need stays and is nobody's any more. */
import type { Tx } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import { FORMER_USER_ID, FORMER_USER_NAME } from '../rules.ts';
import { leaveAddress } from './guest-address.ts';
import { MOVE_SUMS } from './merge-guest.ts';
import { say } from './say.ts';

/** 409 when nobody but `userId` could administer this Parley. One such change at a time. */
export async function assertOtherAdmin(tx: Tx, userId: string): Promise<void> {
  await tx.query('SELECT FROM instance FOR UPDATE');
  const { rows } = await tx.query<{ is_last: boolean }>(
    `SELECT u.role = 'admin' AND NOT u.is_anonymous AND NOT EXISTS (
       SELECT FROM users o WHERE o.id <> u.id AND o.role = 'admin' AND NOT o.is_anonymous AND o.disabled_at IS NULL) AS is_last
     FROM users u WHERE u.id = $1`,
    [userId],
  );
  if (rows[0]?.is_last) throw new AppError('conflict', say('last_admin'));
}

/**
 * What stays when somebody goes, and in whose name: rows of a table that are not named here end with their user, by its foreign
 * key. A test compares this list with those keys.
 */
export const KEPT_TABLES: Record<string, string> = {
  generations: 'UPDATE generations SET user_id = $2, input = NULL WHERE user_id = $1',
  // Sums are put together: of several who have gone nobody can tell who used what.
  usage_quarters: MOVE_SUMS,
  // Of the caller's: which ones are left are those that others read.
  chats: 'UPDATE chats SET user_id = $2, pinned = false WHERE user_id = $1',
  ratings: `UPDATE ratings r SET user_id = $2, comment = '' WHERE user_id = $1 AND NOT EXISTS (
              SELECT FROM ratings o WHERE o.message_id = r.message_id AND o.user_id = $2)`,
  preferences: `UPDATE preferences SET user_id = $2, reason = '' WHERE user_id = $1`,
};

/** Tables that refer to no user, and hold what is somebody's. */
const FORGOTTEN = [
  'DELETE FROM fair_share WHERE party_id = $1',
  'DELETE FROM storage WHERE owner_id = $1',
  `DELETE FROM verifications WHERE value LIKE '%' || $1::uuid::text || '%'`,
  'DELETE FROM invites i USING users u WHERE u.id = $1 AND i.email = u.email',
];

/**
 * Removes a user with their sign-ins, keys and everything that is theirs alone. The caller has removed the chats that nobody else
 * reads, and has locked the user; live generations there are none.
 */
export async function forgetUser(tx: Tx, userId: string): Promise<void> {
  await tx.query(
    `INSERT INTO users (id, name, email, disabled_at) VALUES ($1, $2, $3, now()) ON CONFLICT (id) DO NOTHING`,
    [FORMER_USER_ID, FORMER_USER_NAME, `${FORMER_USER_ID}@parley.invalid`],
  );
  await leaveAddress(tx, userId);
  for (const statement of Object.values(KEPT_TABLES)) await tx.query(statement, [userId, FORMER_USER_ID]);
  for (const statement of FORGOTTEN) await tx.query(statement, [userId]);
  await tx.query('DELETE FROM users WHERE id = $1', [userId]);
}
