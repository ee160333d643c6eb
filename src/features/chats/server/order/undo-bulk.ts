/** Taking back what was done to many chats at once. */
import { inTransaction, type Tx } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { lockUndo } from './access.ts';
import { REVERSALS } from './actions.ts';
import { type Asked, changeMany, lockAuthors } from './change-many.ts';
import { publishMany } from './publish-many.ts';

/** What was kept of each chat, with when it was done and which tag it was about. */
const KEPT = `(
  SELECT b.*, u.created_at AS at, u.tag
  FROM undos u, jsonb_to_recordset(u.chats) AS b(id uuid, place int, user_id uuid, project_id uuid, visibility text,
    to_project uuid, to_visibility text, agent_id uuid)
  WHERE u.id = $2::uuid) asked`;

/**
 * Takes back, within a day, what one call has done, from each chat on which it still stands; whatever else has changed there
 * stays. Returns from how many: from none where it was taken back already. 404 for an undo that is not the asker's, 403 `chat_limit`
 * when there is no room for what would be active again: then nothing is taken back, and it can be tried again.
 */
export async function undoBulk(services: Services, asker: Principal, undo: string): Promise<number> {
  const changed = await inTransaction(services.db, async (tx) => {
    const action = await lockUndo(tx, asker, undo);
    if (action === null) return [];
    const asked: Asked = { sql: KEPT, value: undo };
    // Whose they are the asker may not read any more; they were when this was done.
    const authors = await lockAuthors(tx, asker, asked, 'true');
    if (action === 'move') await lockProjects(tx, undo);
    const changed = await changeMany(tx, services, asker, { asked, authors, change: REVERSALS[action] });
    await tx.query(`UPDATE undos SET undone_at = now(), chats = '[]' WHERE id = $1`, [undo]);
    return changed;
  });
  await publishMany(services, changed);
  return changed.length;
}

/** So that those to which chats go back are there until the end, or are seen not to be. */
const lockProjects = async (tx: Tx, undo: string): Promise<void> =>
  void (await tx.query(
    `SELECT FROM projects p WHERE p.id IN (
       SELECT (kept->>'project_id')::uuid FROM undos u, jsonb_array_elements(u.chats) kept WHERE u.id = $1)
     ORDER BY p.id FOR SHARE`,
    [undo],
  ));
