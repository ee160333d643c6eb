/** A link to choose a new password, made by an admin to be handed over: the way where no mail is sent. */
import { recordAct } from '#features/audit/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import { AppError, notFound } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { ResetLink } from '../invites.ts';
import { FORMER_USER_ID } from '../rules.ts';
import { endResetLinks, makeLink } from './links.ts';
import { say } from './say.ts';

/** A day: it is handed over by people. */
const SECONDS = 24 * 3600;

/** Makes the link; earlier ones of that account end. 404 when there is no such user, 409 for a guest. */
export async function makeResetLink(
  { db }: Services,
  asker: Principal,
  userId: string,
  base: string,
): Promise<ResetLink> {
  return inTransaction(db, async (tx) => {
    const { rows } = await tx.query<{ name: string; has_mailbox: boolean }>(
      `SELECT name, NOT is_anonymous AND email NOT LIKE '%.invalid' AS has_mailbox FROM users WHERE id = $1 FOR NO KEY UPDATE`,
      [userId],
    );
    const user = rows[0];
    if (!user || userId === FORMER_USER_ID) throw notFound(say('no_such_user'));
    // Nobody is to sign in as the terminal's own user, either.
    if (!user.has_mailbox) throw new AppError('conflict', say('guest_has_no_password'));
    await endResetLinks(tx, userId);
    const { token, expiresAt } = await makeLink(tx, 'reset-password', userId, SECONDS);
    await recordAct(tx, asker, 'user.reset_link', { kind: 'user', id: userId, name: user.name });
    return { url: `${base}/reset?token=${token}`, expiresAt: expiresAt.toISOString() };
  });
}
