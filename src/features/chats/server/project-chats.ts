/** What becomes of the chats of a project that is deleted, and that comes back. */
import { cancelGenerationsOfChat } from '#features/generations/server/index.ts';
import type { Project } from '#features/projects/projects.ts';
import {
  mayWithChat,
  projectChanged,
  projectFor,
  readProject,
  setProjectDeleted,
} from '#features/projects/server/index.ts';
import { inTransaction, type Tx } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { countChats, lockChatCount } from './chat-limit.ts';

/** `keep`: each chat goes back to its author, private. `delete`: what the owner may delete is deleted, the rest goes back. */
export type ChatsFate = 'keep' | 'delete';

/**
 * Takes a project away from everybody at once; for a day it can come back. Others' private chats are not its owner's to delete,
 * so they always go back to their authors.
 */
export async function deleteProject(
  services: Services,
  asker: Principal,
  projectId: string,
  fate: ChatsFate,
): Promise<void> {
  const deleted = await inTransaction(services.db, async (tx) => {
    await lockAuthors(tx, 'project_id', projectId);
    await projectFor(tx, asker, projectId, 'manage', { lock: 'no key update' });
    await setProjectDeleted(tx, projectId, true);
    return takeOut(tx, asker, projectId, fate);
  });
  projectChanged(services, projectId);
  await Promise.all(deleted.map((chatId) => cancelGenerationsOfChat(services, chatId))).catch(
    (error: unknown) =>
      services.log.warn({ err: error, projectId }, 'a deleted project may still be generating'),
  );
}

/** Users before projects, as everywhere: the chats that each of them has are counted. */
const lockAuthors = async (
  tx: Tx,
  column: 'project_id' | 'left_project_id',
  projectId: string,
): Promise<void> =>
  void (await tx.query(
    `SELECT FROM users WHERE id IN (SELECT user_id FROM chats WHERE ${column} = $1) ORDER BY id FOR NO KEY UPDATE`,
    [projectId],
  ));

/** Ids of the chats that are deleted with it: the time of their deletion is that of the project, which tells them later. */
async function takeOut(tx: Tx, asker: Principal, projectId: string, fate: ChatsFate): Promise<string[]> {
  const { rows } = await tx.query<{ id: string; isDeleted: boolean }>(
    `UPDATE chats c SET left_project_id = project_id, left_visibility = visibility, project_id = NULL, visibility = 'private',
       deleted_at = CASE WHEN $3 AND ${mayWithChat('manage', 'c', '$2')} THEN coalesce(deleted_at, now()) ELSE deleted_at END,
       updated_at = greatest(updated_at, now())
     WHERE project_id = $1
     RETURNING id, deleted_at = now() AS "isDeleted"`,
    [projectId, asker.userId, fate === 'delete'],
  );
  return rows.filter(({ isDeleted }) => isDeleted).map(({ id }) => id);
}

/** Undoes the deletion of a project within a day: its chats come back into it, but for those that were put elsewhere meanwhile. */
export async function restoreProject(
  services: Services,
  asker: Principal,
  projectId: string,
): Promise<Project> {
  await inTransaction(services.db, async (tx) => {
    await lockAuthors(tx, 'left_project_id', projectId);
    const { deletedAt } = await projectFor(tx, asker, projectId, 'manage', {
      lock: 'no key update',
      evenDeleted: true,
    });
    if (deletedAt) await bringBack(tx, services, projectId);
  });
  projectChanged(services, projectId);
  return readProject(services.db.$client, asker, projectId);
}

async function bringBack(tx: Tx, services: Services, projectId: string): Promise<void> {
  const { rows } = await tx.query<{ userId: string; deleted: string[] }>(
    `SELECT c.user_id AS "userId", array_agg(c.id) FILTER (WHERE c.deleted_at = p.deleted_at) AS deleted
     FROM chats c JOIN projects p ON p.id = c.left_project_id WHERE p.id = $1 GROUP BY 1 ORDER BY 1`,
    [projectId],
  );
  for (const { userId, deleted } of rows) if (deleted) await undelete(tx, services, userId, deleted);
  await tx.query(
    `UPDATE chats SET project_id = left_project_id, visibility = left_visibility, left_project_id = NULL, left_visibility = NULL
     WHERE left_project_id = $1 AND project_id IS NULL`,
    [projectId],
  );
  await setProjectDeleted(tx, projectId, false);
}

/** Those for which their author has no room any more come back archived. */
async function undelete(tx: Tx, services: Services, userId: string, chatIds: string[]): Promise<void> {
  const limit = await lockChatCount(tx, services, userId);
  const room = Math.max(0, limit - (await countChats(tx, userId)));
  await tx.query(
    `UPDATE chats c SET deleted_at = NULL, archived = c.archived OR o.place > $2
     FROM (SELECT id, row_number() OVER (ORDER BY archived DESC, active_at DESC) AS place
           FROM chats WHERE id = ANY($1)) o
     WHERE c.id = o.id`,
    [chatIds, room],
  );
}
