/** What admins see of where somebody is signed in, and how they end it. */
import { recordAct, type Target } from '#features/audit/server/index.ts';
import { inTransaction, type Tx } from '#platform/database/database.ts';
import { AppError, notFound } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { SignIn } from '../accounts.ts';
import { FORMER_USER_ID } from '../rules.ts';
import { OWN } from './access.ts';
import { principalsChanged } from './change-principals.ts';
import { say } from './say.ts';
import { signInsOf } from './sessions.ts';

/** Somebody's sign-ins, as they see them themselves. It is written into the log: addresses tell where people are. */
export function readSignIns({ db }: Services, asker: Principal, userId: string): Promise<SignIn[]> {
  return inTransaction(db, async (tx) => {
    const { target } = await personOf(tx, userId);
    await recordAct(tx, asker, 'user.view_sign_ins', target);
    return signInsOf(tx, userId, asker);
  });
}

/**
 * Signs somebody out everywhere, and revokes their API keys if that is wanted; what they have open ends within two seconds.
 * 409 for a guest, whose cookie is all they have: they would lose what is theirs.
 */
export async function signOutEverywhere(
  services: Services,
  asker: Principal,
  userId: string,
  { revokeKeys }: { revokeKeys: boolean },
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    const { target, isGuest } = await personOf(tx, userId);
    if (isGuest) throw new AppError('conflict', say('guest_cannot_come_back'));
    const { rowCount: signIns } = await tx.query(`DELETE FROM sessions WHERE ${OWN}`, [userId]);
    // Whoever has given the password and not the code yet begins again as well.
    await tx.query(`DELETE FROM sign_in_challenges WHERE ${OWN}`, [userId]);
    const keys = revokeKeys ? await tx.query(`DELETE FROM api_keys WHERE ${OWN}`, [userId]) : null;
    const detail = { signIns, ...(keys && { keys: keys.rowCount }) };
    await recordAct(tx, asker, 'user.sign_out', target, detail);
  });
  principalsChanged(services);
}

async function personOf(tx: Tx, id: string): Promise<{ target: Target; isGuest: boolean }> {
  const { rows } = await tx.query<{ name: string; is_anonymous: boolean }>(
    'SELECT name, is_anonymous FROM users WHERE id = $1',
    [id],
  );
  if (!rows[0] || id === FORMER_USER_ID) throw notFound(say('no_such_user'));
  return { target: { kind: 'user', id, name: rows[0].name }, isGuest: rows[0].is_anonymous };
}
