import { sql } from 'drizzle-orm';
import type { Db } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import type { Services } from '#platform/services.ts';

/**
 * Locks the user until the transaction ends, so that whatever changes how many active chats they have happens one
 * after another: twenty parallel creations end at exactly the limit. Inserting rows that refer to the user is not held up.
 */
export async function lockChatCount(tx: Db, services: Pick<Services, 'config'>, userId: string) {
  const { rows } = await tx.execute<{ limit: number }>(sql`
    SELECT coalesce(u.max_chats, (i.settings->>'maxChats')::int, ${services.config.maxChats}::int) AS limit
      FROM users u, instance i WHERE u.id = ${userId} FOR NO KEY UPDATE OF u`);
  if (!rows[0]) throw new AppError('unauthenticated', 'This account does not exist any more.');
  return rows[0].limit;
}

/** Refuses one more active chat when the user, already locked, has `limit` of them: 403 `chat_limit`. */
export async function assertRoomForChat(tx: Db, userId: string, limit: number): Promise<void> {
  // A statement of its own: one that also takes the lock would count on a snapshot older than the lock.
  const { rows } = await tx.execute<{ count: number }>(sql`
    SELECT count(*)::int AS count
      FROM chats WHERE user_id = ${userId} AND NOT archived AND deleted_at IS NULL`);
  if (rows[0]!.count < limit) return;
  throw new AppError(
    'chat_limit',
    limit === 1
      ? 'You can have one chat at a time. Archive or delete it to make room.'
      : `You have reached your limit of ${limit} chats. Archive or delete one to make room.`,
  );
}
