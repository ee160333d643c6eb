import { chatBytes, contextBytes, growStorage, messageBytes } from '#features/accounts/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import type { Services } from '#platform/services.ts';
import { UNDO_TIME } from './access.ts';

/** Of one owner, in one transaction, so that a chat of many messages never holds its locks together with a thousand others. */
const BATCH = 100;

/** Removes for good what was deleted longer ago than can be undone, and gives its owners the room back. Returns how many chats. */
export async function purgeDeletedChats({ db }: Pick<Services, 'db'>): Promise<number> {
  for (let purged = 0; ; ) {
    const { rows } = await db.$client.query<{ userId: string }>(
      `SELECT user_id AS "userId" FROM chats WHERE deleted_at <= now() - ${UNDO_TIME} ORDER BY deleted_at LIMIT 1`,
    );
    if (!rows[0]) return purged;
    const removed = await purgeOf(db, rows[0].userId);
    // Another process is at it.
    if (removed === 0) return purged;
    purged += removed;
  }
}

function purgeOf(db: Services['db'], userId: string): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows } = await tx.query<{ bytes: number; chats: number }>(
      `WITH doomed AS MATERIALIZED (
         SELECT c.id, ${chatBytes('c')} + (
           SELECT coalesce(sum(${messageBytes('m')}), 0) FROM messages m WHERE m.chat_id = c.id) + (
           SELECT coalesce(sum(${contextBytes('v')}), 0) FROM context_versions v
           WHERE v.kind = 'chat' AND v.owner_id = c.id) AS bytes
         FROM chats c WHERE c.user_id = $1 AND c.deleted_at <= now() - ${UNDO_TIME}
         LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
       ), gone AS (DELETE FROM chats WHERE id IN (SELECT id FROM doomed) RETURNING id)
       SELECT coalesce(sum(bytes), 0)::bigint AS bytes, count(*)::int AS chats FROM doomed JOIN gone USING (id)`,
      [userId],
    );
    const { bytes, chats } = rows[0]!;
    // Whoever they are: an address is there for guests only.
    await growStorage(tx, { userId, role: 'guest' }, { bytes: -bytes, chats: -chats });
    return chats;
  });
}
