import {
  chatBytes,
  contextBytes,
  growStorage,
  messageBytes,
  originalBytes,
  outboxBytes,
} from '#features/accounts/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import { UNDO_TIME } from '#platform/database/undo-time.ts';
import type { Services } from '#platform/services.ts';

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

function purgeOf(db: Services['db'], ownerId: string): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows } = await tx.query<{ userId: string; bytes: number; chats: number }>(
      `WITH doomed AS MATERIALIZED (
         SELECT c.id, ${chatBytes('c')} AS bytes FROM chats c
         WHERE c.user_id = $1 AND c.deleted_at <= now() - ${UNDO_TIME}
         LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
       ), said AS MATERIALIZED (
         SELECT coalesce(m.author_id, $1) AS user_id, sum(${messageBytes('m')}) AS bytes
         FROM messages m JOIN doomed ON m.chat_id = doomed.id GROUP BY 1
         UNION ALL
         SELECT coalesce(v.created_by, $1), sum(${contextBytes('v')})
         FROM context_versions v JOIN doomed ON v.kind = 'chat' AND v.owner_id = doomed.id GROUP BY 1
         UNION ALL
         SELECT $1::uuid, sum(${originalBytes('o')}) FROM originals o JOIN doomed ON o.chat_id = doomed.id HAVING count(*) > 0
         UNION ALL
         SELECT o.user_id, sum(${outboxBytes('o')}) FROM outbox o JOIN doomed ON o.chat_id = doomed.id GROUP BY 1
       ), gone AS (DELETE FROM chats WHERE id IN (SELECT id FROM doomed) RETURNING id)
       SELECT user_id AS "userId", sum(bytes)::bigint AS bytes, sum(chats)::int AS chats FROM (
         SELECT $1::uuid AS user_id, bytes, 1 AS chats FROM doomed JOIN gone USING (id)
         UNION ALL SELECT user_id, bytes, 0 FROM said) freed
       GROUP BY 1 ORDER BY 1`,
      [ownerId],
    );
    // Whoever they are: an address is there for guests only.
    for (const { userId, bytes, chats } of rows)
      await growStorage(tx, { userId, role: 'guest' }, { bytes: -bytes, chats: -chats });
    return rows.reduce((sum, { chats }) => sum + chats, 0);
  });
}
