import { growStorage, messageBytes } from '#features/accounts/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import type { Services } from '#platform/services.ts';
import { UNDO_TIME } from '../access.ts';

/** Of one owner, in one transaction. */
const BATCH = 1000;
/** SQL: deleted message `m` cannot come back any more. */
const IS_GONE = `m.deleted_at <= now() - ${UNDO_TIME}`;

/** Removes for good the messages that were deleted longer ago than can be undone, and gives the owners of their chats the room back. */
export async function purgeDeletedMessages({ db }: Pick<Services, 'db'>): Promise<number> {
  for (let purged = 0; ; ) {
    const { rows } = await db.$client.query<{ userId: string }>(
      `SELECT c.user_id AS "userId" FROM messages m JOIN chats c ON c.id = m.chat_id
       WHERE ${IS_GONE} ORDER BY m.deleted_at LIMIT 1`,
    );
    if (!rows[0]) return purged;
    const removed = await purgeOf(db, rows[0].userId);
    // Another process is at it.
    if (removed === 0) return purged;
    purged += removed;
  }
}

/** Nothing refers to a deleted message: its children were moved when it went. */
function purgeOf(db: Services['db'], userId: string): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows } = await tx.query<{ bytes: number; messages: number }>(
      `WITH doomed AS MATERIALIZED (
         SELECT m.id, ${messageBytes('m')} AS bytes FROM messages m JOIN chats c ON c.id = m.chat_id
         WHERE c.user_id = $1 AND ${IS_GONE} LIMIT ${BATCH} FOR UPDATE OF m SKIP LOCKED
       ), gone AS (DELETE FROM messages WHERE id IN (SELECT id FROM doomed) RETURNING id)
       SELECT coalesce(sum(bytes), 0)::bigint AS bytes, count(*)::int AS messages FROM doomed JOIN gone USING (id)`,
      [userId],
    );
    const { bytes, messages } = rows[0]!;
    await growStorage(tx, { userId, role: 'guest' }, { bytes: -bytes });
    return messages;
  });
}
