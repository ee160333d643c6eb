/** Deleting one's own account, for good. */
import {
  assertOtherAdmin,
  confirmPassword,
  forgetUser,
  hasPassword,
  principalsChanged,
} from '#features/accounts/server/index.ts';
import { stop } from '#features/generations/server/index.ts';
import { projectChanged } from '#features/projects/server/index.ts';
import { inTransaction, isTransient, type Tx } from '#platform/database/database.ts';
import { AppError, invalidInput } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { Leave } from '../leaving.ts';
import { liveGenerationsOf } from './access.ts';
import { leaveProjects } from './leave-projects.ts';
import { say } from './say.ts';

/** Somebody who goes on sending from another window can get in between stopping and deleting. */
const ATTEMPTS = 5;

/**
 * Deletes the asker's account: their chats go, but for those that others read in a project; the ledger keeps its rows without them.
 * Everything they have open ends. 403 for a wrong password, 409 for the last admin and for the only owner of a project with others.
 */
export async function deleteAccount(services: Services, asker: Principal, said: Leave): Promise<void> {
  await confirm(services, asker, said);
  const { userId } = asker;
  // Nothing is stopped for somebody who cannot go.
  await inTransaction(services.db, async (tx) => {
    await assertOtherAdmin(tx, userId);
    await tx.query('SAVEPOINT looking');
    await leaveProjects(tx, userId);
    await tx.query('ROLLBACK TO looking');
  });
  const rooms = await stopAndRemove(services, userId);
  principalsChanged(services);
  for (const projectId of rooms) projectChanged(services, projectId, [userId]);
  services.log.info('an account was deleted by its owner');
}

async function confirm(
  services: Services,
  asker: Principal,
  { password, confirm: meant }: Leave,
): Promise<void> {
  if (!(await hasPassword(services, asker))) {
    if (!meant) throw invalidInput('confirm', say('confirm_missing'));
  } else if (password === undefined) throw invalidInput('password', say('password_missing'));
  else await confirmPassword(services, asker, password);
}

async function stopAndRemove(services: Services, userId: string): Promise<string[]> {
  for (let attempt = 1; ; attempt++) {
    const live = await liveGenerationsOf(services.db.$client, userId);
    await Promise.all(live.map((id) => stop(services, id)));
    try {
      const rooms = await inTransaction(services.db, (tx) => remove(tx, userId));
      if (rooms) return rooms;
    } catch (error) {
      if (!isTransient(error)) throw error;
    }
    if (attempt === ATTEMPTS) throw new AppError('conflict', say('still_busy'));
  }
}

/** The projects that others are still in; null when something was sent since all was stopped. */
async function remove(tx: Tx, userId: string): Promise<string[] | null> {
  await assertOtherAdmin(tx, userId);
  // Waits for what is just being sent; what comes later fails for want of the user.
  await tx.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [userId]);
  if ((await liveGenerationsOf(tx, userId)).length > 0) return null;
  const rooms = await leaveProjects(tx, userId);
  await tx.query(
    `DELETE FROM chats WHERE user_id = $1 AND NOT (
       visibility = 'shared' AND project_id = ANY($2) AND deleted_at IS NULL AND NOT temporary)`,
    [userId, rooms],
  );
  await forgetUser(tx, userId);
  return rooms;
}
