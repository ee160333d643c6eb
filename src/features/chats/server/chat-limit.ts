import { activeChats, KEPT_PER_ACTIVE_CHAT } from '#features/accounts/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import type { Services } from '#platform/services.ts';
import { say } from './say.ts';

/**
 * Locks the user until the transaction ends, so that whatever changes how many active chats they have happens one
 * after another: twenty parallel creations end at exactly the limit. Inserting rows that refer to the user is not held up.
 */
export async function lockChatCount(
  tx: Queryable,
  services: Pick<Services, 'config'>,
  userId: string,
): Promise<number> {
  const { rows } = await tx.query<{ limit: number }>({
    name: 'lock-chat-count',
    text: `SELECT coalesce(u.max_chats, (i.settings->>'maxChats')::int, $1::int) AS limit
           FROM users u, instance i WHERE u.id = $2 FOR NO KEY UPDATE OF u`,
    values: [services.config.maxChats, userId],
  });
  if (!rows[0]) throw new AppError('unauthenticated', say('account_gone'));
  return rows[0].limit;
}

/**
 * The user's active chats. A statement of its own, sent after the lock: one that also takes the lock would count on a
 * snapshot older than the lock.
 */
export async function countChats(tx: Queryable, userId: string): Promise<number> {
  const { rows } = await tx.query<{ count: number }>({
    name: 'count-chats',
    text: activeChats('$1'),
    values: [userId],
  });
  return rows[0]!.count;
}

/** Refuses one more active chat when the user has `limit` of them: 403 `chat_limit`. */
export function assertRoomForChat(count: number, limit: number): void {
  if (count < limit) return;
  throw new AppError('chat_limit', say('chats_full', { limit }));
}

/**
 * Refuses one more chat of any kind when the user keeps `kept`, this one included: ten for each that may be active, the archived
 * ones and those whose deletion can be undone among them. 403 `chat_limit`.
 */
export function assertRoomToKeep(kept: number, limit: number): void {
  const max = limit * KEPT_PER_ACTIVE_CHAT;
  if (kept > max) throw new AppError('chat_limit', say('too_many_kept_chats', { max }));
}
