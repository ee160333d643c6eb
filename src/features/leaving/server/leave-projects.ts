/** Leaving every project there is, when an account is deleted. */
import type { Tx } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import { say } from './say.ts';

type Room = {
  id: string;
  name: string;
  isOwner: boolean;
  others: number;
  owners: number;
  isDeleted: boolean;
};

/**
 * Ends the memberships of a user, and returns the projects that others are still in. One in which nobody is left gives what others
 * once wrote there back to them, as deleting it does. 409 names those that only this user owns while others are in them.
 */
export async function leaveProjects(tx: Tx, userId: string): Promise<string[]> {
  // In the order of ids, so that two who leave at once never wait for each other.
  const { rows } = await tx.query<Room>(
    `SELECT p.id, p.name, m.role = 'owner' AS "isOwner", p.deleted_at IS NOT NULL AS "isDeleted",
       (SELECT count(*)::int FROM project_members o WHERE o.project_id = p.id AND o.user_id <> $1) AS others,
       (SELECT count(*)::int FROM project_members o
        WHERE o.project_id = p.id AND o.user_id <> $1 AND o.role = 'owner') AS owners
     FROM project_members m JOIN projects p ON p.id = m.project_id WHERE m.user_id = $1
     ORDER BY p.id FOR NO KEY UPDATE OF p`,
    [userId],
  );
  const stuck = rows.filter(
    (room) => room.isOwner && !room.isDeleted && room.others > 0 && room.owners === 0,
  );
  if (stuck.length > 0) {
    const projects = stuck.map(({ name }) => `“${name}”`).join(', ');
    throw new AppError('conflict', say('only_owner', { count: stuck.length, projects }));
  }
  const empty = rows.filter(({ others }) => others === 0).map(({ id }) => id);
  await tx.query('DELETE FROM project_members WHERE user_id = $1', [userId]);
  await tx.query(
    `UPDATE chats SET project_id = NULL, visibility = 'private', updated_at = greatest(updated_at, now())
     WHERE project_id = ANY($1) AND user_id <> $2`,
    [empty, userId],
  );
  return rows.filter(({ others }) => others > 0).map(({ id }) => id);
}
