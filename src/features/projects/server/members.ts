/** The members of a project: who they are, what they may do, and how they leave. */
import { inTransaction, type Queryable, type Tx } from '#platform/database/database.ts';
import { AppError, invalidInput, notFound } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { Member } from '../projects.ts';
import type { ProjectRole } from '../rules.ts';
import { OF_MEMBER, projectFor, roleOf } from './access.ts';
import { assertRoomForMember, assertRoomForProject, lockUser } from './project-limits.ts';
import { projectChanged } from './publish-project.ts';
import { say } from './say.ts';

/** All members, owners first, then by name. */
export async function listMembers(db: Queryable, asker: Principal, projectId: string): Promise<Member[]> {
  await projectFor(db, asker, projectId, 'read');
  return readMembers(db, projectId);
}

async function readMembers(
  db: Queryable,
  projectId: string,
  userId: string | null = null,
): Promise<Member[]> {
  const { rows } = await db.query<Member>({
    name: 'members-of',
    text: `SELECT u.id AS "userId", u.name, CASE WHEN u.is_anonymous THEN '' ELSE u.email END AS email, m.role
           FROM project_members m JOIN users u ON u.id = m.user_id
           WHERE m.project_id = $1 AND u.id = coalesce($2, u.id)
           ORDER BY array_position('{owner,editor,viewer}', m.role), lower(u.name), u.id`,
    values: [projectId, userId],
  });
  return rows;
}

/** Gives a member a role, or makes somebody a member. For owners. 404 for an unknown account, 409 for the last owner. */
export async function putMember(
  services: Services,
  asker: Principal,
  projectId: string,
  { userId, role }: { userId: string; role: ProjectRole },
): Promise<Member> {
  const member = await inTransaction(services.db, async (tx) => {
    await lockUser(tx, userId);
    await projectFor(tx, asker, projectId, 'manage', { lock: 'no key update' });
    if (asker.role === 'guest') throw new AppError('forbidden', say('guests_alone'));
    const before = await roleOf(tx, projectId, userId);
    if (before === 'owner' && role !== 'owner') await assertOtherOwner(tx, projectId, userId);
    if (before === null) await addMember(tx, projectId, userId, role);
    else await tx.query(`UPDATE project_members SET role = $3 WHERE ${OF_MEMBER}`, [projectId, userId, role]);
    const [changed] = await readMembers(tx, projectId, userId);
    return changed!;
  });
  projectChanged(services, projectId, [userId]);
  return member;
}

/**
 * Ends a membership: an owner somebody's, everybody their own. Their private chats go with them; what they wrote in shared ones
 * stays in the room. 409 for the last owner.
 */
export async function removeMember(
  services: Services,
  asker: Principal,
  projectId: string,
  userId: string,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    await projectFor(tx, asker, projectId, userId === asker.userId ? 'read' : 'manage', {
      lock: 'no key update',
    });
    const role = await roleOf(tx, projectId, userId);
    if (role === null) throw notFound(say('no_such_member'));
    if (role === 'owner') await assertOtherOwner(tx, projectId, userId);
    await tx.query(`DELETE FROM project_members WHERE ${OF_MEMBER}`, [projectId, userId]);
    await tx.query(
      `UPDATE chats SET project_id = NULL, updated_at = greatest(updated_at, now())
       WHERE ${OF_MEMBER} AND visibility = 'private'`,
      [projectId, userId],
    );
  });
  projectChanged(services, projectId, [userId]);
}

/** Makes somebody a member, in the transaction that has locked them and then the project. Guests work alone. */
export async function addMember(tx: Tx, projectId: string, userId: string, role: ProjectRole): Promise<void> {
  const { rows } = await tx.query<{ isGuest: boolean }>(
    'SELECT is_anonymous AS "isGuest" FROM users WHERE id = $1 AND disabled_at IS NULL',
    [userId],
  );
  if (!rows[0]) throw notFound(say('no_such_account'));
  if (rows[0].isGuest) throw invalidInput('userId', say('guests_alone'));
  await assertRoomForProject(tx, userId);
  await assertRoomForMember(tx, projectId);
  await tx.query('INSERT INTO project_members (project_id, user_id, role) VALUES ($1, $2, $3)', [
    projectId,
    userId,
    role,
  ]);
}

async function assertOtherOwner(tx: Tx, projectId: string, userId: string): Promise<void> {
  const { rowCount } = await tx.query(
    `SELECT FROM project_members WHERE project_id = $1 AND user_id <> $2 AND role = 'owner' LIMIT 1`,
    [projectId, userId],
  );
  if (!rowCount) throw new AppError('conflict', say('last_owner'));
}
