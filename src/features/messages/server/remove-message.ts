/** Taking one message out of its tree, putting it back, and forgetting it. The chat's lock is the caller's. */
import type { Queryable } from '#platform/database/database.ts';

/** A message that was deleted and can come back. */
export type Tombstone = {
  id: string;
  chatId: string;
  parentId: string | null;
  movedChildren: string[];
  wasLeaf: boolean;
};

/**
 * Deletes a message: its children, deleted ones too, hang on its parent from now on, so that a parent is always a living one.
 * Where the parent showed it, the parent shows what it showed.
 */
export async function removeMessage(db: Queryable, messageId: string, wasLeaf: boolean): Promise<void> {
  await db.query({
    name: 'remove-message',
    text: `WITH gone AS (
        UPDATE messages x SET deleted_at = now(), was_leaf = $2,
          moved_children = coalesce((SELECT array_agg(id) FROM messages WHERE parent_id = $1), '{}')
        WHERE x.id = $1 AND x.deleted_at IS NULL RETURNING x.parent_id, x.chosen_child_id
      ), passed_on AS (
        UPDATE messages p SET chosen_child_id = gone.chosen_child_id FROM gone
        WHERE p.id = gone.parent_id AND p.chosen_child_id = $1
      )
      UPDATE messages c SET parent_id = gone.parent_id FROM gone WHERE c.parent_id = $1`,
    values: [messageId, wasLeaf],
  });
}

/** A deleted message, of no more than `undoTime` (SQL) ago. Lock it, so that it is not removed for good meanwhile, but only after its chat. */
export async function findTombstone(
  db: Queryable,
  messageId: string,
  undoTime: string,
  lock = false,
): Promise<Tombstone | null> {
  const { rows } = await db.query<Tombstone>({
    name: `find-tombstone${lock ? '-locked' : ''}`,
    text: `SELECT id, chat_id AS "chatId", parent_id AS "parentId", moved_children AS "movedChildren",
             was_leaf AS "wasLeaf"
           FROM messages WHERE id = $1 AND deleted_at > now() - ${undoTime} ${lock ? 'FOR UPDATE' : ''}`,
    values: [messageId],
  });
  return rows[0] ?? null;
}

/**
 * Puts a deleted message back: it hangs on the parent that it has by now, and those of its children that were moved there, and
 * are there still, come back under it. So do those of a child that is deleted itself, until that comes back between: whatever the
 * order, once everything is back each message is where it was said.
 */
export async function putBack(
  db: Queryable,
  { id, parentId, movedChildren }: Omit<Tombstone, 'wasLeaf'>,
): Promise<void> {
  await db.query({
    name: 'put-message-back',
    text: `WITH RECURSIVE below AS (
        SELECT unnest($3::uuid[]) AS id
        UNION
        SELECT unnest(m.moved_children) FROM below b
        CROSS JOIN LATERAL (SELECT moved_children FROM messages WHERE id = b.id AND deleted_at IS NOT NULL LIMIT 1) m
      ), back AS (
        UPDATE messages SET deleted_at = NULL, moved_children = NULL, was_leaf = false
        WHERE id = $1 RETURNING chosen_child_id
      ), shown_again AS (
        UPDATE messages p SET chosen_child_id = $1 FROM back WHERE p.id = $2 AND p.chosen_child_id = back.chosen_child_id
      )
      UPDATE messages c SET parent_id = $1 WHERE c.id IN (SELECT id FROM below) AND c.parent_id IS NOT DISTINCT FROM $2::uuid`,
    values: [id, parentId, movedChildren],
  });
}
