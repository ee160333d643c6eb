import {
  chatBytes,
  contextBytes,
  growStorage,
  messageBytes,
  originalBytes,
  outboxBytes,
  shareBytes,
} from '#features/accounts/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import { UNDO_TIME } from '#platform/database/undo-time.ts';
import type { Services } from '#platform/services.ts';

/** Of one owner, in one transaction, so that a chat of many messages never holds its locks together with a thousand others. */
const BATCH = 100;

/** SQL: chat `c` is gone for good: its deletion cannot be undone any more, or never could, and nothing is written in it. */
const IS_GONE = `(c.deleted_at <= now() - ${UNDO_TIME} OR (c.temporary AND c.deleted_at IS NOT NULL AND NOT EXISTS (
  SELECT FROM generations g WHERE g.chat_id = c.id AND g.state IN ('queued', 'running'))))`;

/** Removes for good what was deleted longer ago than can be undone, and gives its owners the room back. Returns how many chats. */
export async function purgeDeletedChats({ db }: Pick<Services, 'db'>): Promise<number> {
  for (let purged = 0; ; ) {
    const { rows } = await db.$client.query<{ userId: string }>(
      `SELECT user_id AS "userId" FROM chats c WHERE deleted_at IS NOT NULL AND ${IS_GONE} ORDER BY deleted_at LIMIT 1`,
    );
    if (!rows[0]) return purged;
    const removed = await purgeBatch(db, rows[0].userId);
    // Another process is at it.
    if (removed === 0) return purged;
    purged += removed;
  }
}

/** The same for one chat, once whoever holds it lets go. */
export const purgeDeletedChat = (
  { db }: Pick<Services, 'db'>,
  { id, userId }: { id: string; userId: string },
): Promise<number> => purgeBatch(db, userId, id);

function purgeBatch(db: Services['db'], ownerId: string, chatId: string | null = null): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows } = await tx.query<{ userId: string; bytes: number; chats: number }>(
      `WITH doomed AS MATERIALIZED (
         SELECT c.id, ${chatBytes('c')} AS bytes FROM chats c
         WHERE c.user_id = $1 AND c.deleted_at IS NOT NULL AND ${IS_GONE} AND ($2::uuid IS NULL OR c.id = $2)
         LIMIT ${BATCH} FOR UPDATE ${chatId ? '' : 'SKIP LOCKED'}
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
         UNION ALL
         SELECT s.user_id, sum(${shareBytes('s')}) FROM shares s JOIN doomed ON s.chat_id = doomed.id GROUP BY 1
       ), told AS (
         DELETE FROM generation_events WHERE generation_id IN (
           SELECT g.id FROM generations g JOIN doomed ON g.chat_id = doomed.id)
       ), begun AS (
         UPDATE generations g SET opening = NULL FROM doomed WHERE g.chat_id = doomed.id AND g.opening IS NOT NULL
       ), gone AS (DELETE FROM chats WHERE id IN (SELECT id FROM doomed) RETURNING id)
       SELECT user_id AS "userId", sum(bytes)::bigint AS bytes, sum(chats)::int AS chats FROM (
         SELECT $1::uuid AS user_id, bytes, 1 AS chats FROM doomed JOIN gone USING (id)
         UNION ALL SELECT user_id, bytes, 0 FROM said) freed
       GROUP BY 1 ORDER BY 1`,
      [ownerId, chatId],
    );
    // Whoever they are: an address is there for guests only.
    for (const { userId, bytes, chats } of rows)
      await growStorage(tx, { userId, role: 'guest' }, { bytes: -bytes, chats: -chats });
    return rows.reduce((sum, { chats }) => sum + chats, 0);
  });
}
