/** How many projects somebody may be in, and how many people and invitations a project may have. */
import type { Queryable, Tx } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import { say } from './say.ts';

/** More is a loop, and a list nobody can read. */
const MAX_PROJECTS = 1000;
/** More people than can share one line of chats; a bound, so that a link that got out cannot fill the table. */
const MAX_MEMBERS = 1000;
const MAX_INVITES = 200;

/** SQL: an invitation that is neither expired nor used up. */
export const IS_GOOD = '(expires_at IS NULL OR expires_at > now()) AND (max_uses IS NULL OR uses < max_uses)';

/** Locks a user before any project, so that of several projects joined at once each counts those before it. */
export const lockUser = async (tx: Tx, userId: string): Promise<void> =>
  void (await tx.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId]));

/** Refuses one more project for a user who is locked: 409. */
export async function assertRoomForProject(tx: Tx, userId: string): Promise<void> {
  const count = await countOf(tx, 'SELECT count(*)::int FROM project_members WHERE user_id = $1', userId);
  if (count >= MAX_PROJECTS) throw new AppError('conflict', say('too_many_projects', { max: MAX_PROJECTS }));
}

/** Refuses one more member of a project that is locked: 409. */
export async function assertRoomForMember(tx: Tx, projectId: string): Promise<void> {
  const count = await countOf(
    tx,
    'SELECT count(*)::int FROM project_members WHERE project_id = $1',
    projectId,
  );
  if (count >= MAX_MEMBERS) throw new AppError('conflict', say('too_many_members', { max: MAX_MEMBERS }));
}

/** Refuses one more open invitation into a project that is locked: 409. */
export async function assertRoomForInvite(tx: Tx, projectId: string): Promise<void> {
  const count = await countOf(
    tx,
    `SELECT count(*)::int FROM project_invites WHERE project_id = $1 AND ${IS_GOOD}`,
    projectId,
  );
  if (count >= MAX_INVITES) throw new AppError('conflict', say('too_many_invites', { max: MAX_INVITES }));
}

async function countOf(db: Queryable, text: string, id: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>(text, [id]);
  return rows[0]!.count;
}
