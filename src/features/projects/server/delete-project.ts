import type { Queryable } from '#platform/database/database.ts';
import { UNDO_TIME } from '#platform/database/undo-time.ts';
import type { Services } from '#platform/services.ts';

/** Marks a project as deleted, or takes the mark away. What becomes of its chats is the caller's, in the same transaction. */
export async function setProjectDeleted(tx: Queryable, projectId: string, deleted: boolean): Promise<void> {
  await tx.query('UPDATE projects SET deleted_at = CASE WHEN $2 THEN now() END WHERE id = $1', [
    projectId,
    deleted,
  ]);
}

/** Removes for good what was deleted longer ago than can be undone, and what the last member has left. Returns how many. */
export async function purgeDeletedProjects({ db }: Pick<Services, 'db'>): Promise<number> {
  // Its chats have left it when it was deleted; those of guests who are gone went with them.
  const { rowCount } = await db.$client.query(
    `DELETE FROM projects p
     WHERE (p.deleted_at <= now() - ${UNDO_TIME}
         OR NOT EXISTS (SELECT FROM project_members m WHERE m.project_id = p.id))
       AND NOT EXISTS (SELECT FROM chats c WHERE c.project_id = p.id)`,
  );
  return rowCount ?? 0;
}
