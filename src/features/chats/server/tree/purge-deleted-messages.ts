import { growStorage, messageBytes, originalBytes } from '#features/accounts/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import { UNDO_TIME } from '#platform/database/undo-time.ts';
import type { Services } from '#platform/services.ts';

/** In one transaction. */
const BATCH = 1000;
/** SQL: deleted message `m` cannot come back any more. */
const IS_GONE = `m.deleted_at <= now() - ${UNDO_TIME}`;

/** Removes for good the messages that were deleted longer ago than can be undone, and gives those who pay for them the room back. */
export async function purgeDeletedMessages({ db }: Pick<Services, 'db'>): Promise<number> {
  for (let purged = 0; ; ) {
    const removed = await purgeSome(db);
    purged += removed;
    // Another process may be at the rest.
    if (removed === 0) return purged;
  }
}

/** Nothing refers to a deleted message: its children were moved when it went. */
function purgeSome(db: Services['db']): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows } = await tx.query<{ userId: string; bytes: number; messages: number }>(
      `WITH doomed AS MATERIALIZED (
         SELECT m.id, coalesce(m.author_id, c.user_id) AS user_id, ${messageBytes('m')}
           + coalesce((SELECT ${originalBytes('o')} FROM originals o WHERE o.message_id = m.id), 0) AS bytes
         FROM messages m JOIN chats c ON c.id = m.chat_id
         WHERE ${IS_GONE} ORDER BY m.deleted_at LIMIT ${BATCH} FOR UPDATE OF m SKIP LOCKED
       ), gone AS (DELETE FROM messages WHERE id IN (SELECT id FROM doomed) RETURNING id)
       SELECT user_id AS "userId", sum(bytes)::bigint AS bytes, count(*)::int AS messages FROM doomed JOIN gone USING (id)
       GROUP BY 1 ORDER BY 1`,
    );
    for (const { userId, bytes } of rows) await growStorage(tx, { userId, role: 'guest' }, { bytes: -bytes });
    return rows.reduce((sum, { messages }) => sum + messages, 0);
  });
}
