/** Whose it is to take back what was done to many chats: whoever did it. */
import { Id } from '#fields';
import type { Tx } from '#platform/database/database.ts';
import { UNDO_TIME } from '#platform/database/undo-time.ts';
import { notFound } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { BulkAction } from '../../rules.ts';
import { say } from '../say.ts';

/** What was done, within a day; null when it is taken back already, 404 for another's and an unknown one alike. Of two that undo it at once the second waits, and finds that. */
export async function lockUndo(tx: Tx, { userId }: Principal, undo: string): Promise<BulkAction | null> {
  const { rows } = Id.safeParse(undo).success
    ? await tx.query<{ action: BulkAction; undoneAt: Date | null }>(
        `SELECT action, undone_at AS "undoneAt" FROM undos
         WHERE id = $1 AND user_id = $2 AND created_at > now() - ${UNDO_TIME} FOR UPDATE`,
        [undo, userId],
      )
    : { rows: [] };
  if (!rows[0]) throw notFound(say('no_such_undo'));
  return rows[0].undoneAt ? null : rows[0].action;
}

/** Forgets the oldest of what a user could take back, beyond so many chats in all. */
export async function dropBeyond(tx: Tx, userId: string, mostChats: number): Promise<void> {
  // One that is being undone is locked, and goes another time: who undoes waits for the user, whom we hold.
  await tx.query(
    `DELETE FROM undos WHERE id IN (
       SELECT u.id FROM undos u WHERE u.id IN (
         SELECT s.id FROM (SELECT id, sum(count + 10) OVER (ORDER BY created_at DESC, id DESC) AS up_to FROM undos
                           WHERE user_id = $1) s WHERE s.up_to > $2)
       FOR UPDATE SKIP LOCKED)`,
    [userId, mostChats],
  );
}
