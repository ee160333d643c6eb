import { cancelGenerationsOfChat } from '#features/generations/server/index.ts';
import { inTransaction, type Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { chatFor, lockChat } from './access.ts';
import { assertRoomForChat, countChats, lockChatCount } from './chat-limit.ts';
import type { ChatRow } from './present-chat.ts';
import { publishChat, publishDeletedChat } from './publish-chat.ts';
import { purgeDeletedChat } from './purge-deleted-chats.ts';

/**
 * Takes a chat away from every list and route at once, and stops what it generates; it can come back
 * for a day, with the text written so far. A temporary one is gone for good.
 */
export async function deleteChat(services: Services, asker: Principal, chatId: string): Promise<void> {
  const chat = await inTransaction(services.db, async (tx) => {
    // The user before the chat, as everywhere: their chats are counted.
    await lockChatCount(tx, services, (await chatFor(tx, asker, chatId, 'manage')).userId);
    const known = await lockChat(tx, asker, chatId, 'manage', { strength: 'no key update' });
    await setDeleted(tx, chatId, 'now()');
    return known;
  });
  publishDeletedChat(services, chat);
  // Sends lock the chat and look again, so nothing can be queued there after this. The chat is deleted either way.
  try {
    await cancelGenerationsOfChat(services, chatId);
    if (chat.temporary) await purgeDeletedChat(services, chat);
  } catch (error) {
    // What is left of a temporary one goes within a minute.
    services.log.warn({ err: error, chatId }, 'a deleted chat may still be generating');
  }
}

/**
 * Undoes a deletion of the last day; a chat that is not deleted stays as it is. 404 when it is gone for good,
 * 403 `chat_limit` when it would be one active chat too many.
 */
export async function undeleteChat(services: Services, asker: Principal, chatId: string): Promise<ChatRow> {
  const chat = await inTransaction(services.db, async (tx) => {
    const owner = await tx.query<{ userId: string }>('SELECT user_id AS "userId" FROM chats WHERE id = $1', [
      chatId,
    ]);
    const userId = owner.rows[0]?.userId ?? asker.userId;
    const limit = await lockChatCount(tx, services, userId);
    const known = await lockChat(tx, asker, chatId, 'manage', {
      strength: 'no key update',
      evenDeleted: true,
    });
    if (!known.deletedAt) return known;
    if (!known.archived) assertRoomForChat(await countChats(tx, userId), limit);
    return setDeleted(tx, chatId, 'NULL');
  });
  publishChat(services, chat);
  return chat;
}

async function setDeleted(tx: Queryable, chatId: string, at: 'now()' | 'NULL'): Promise<ChatRow> {
  const { rows } = await tx.query(`UPDATE chats SET deleted_at = ${at} WHERE id = $1 RETURNING *`, [chatId]);
  return camelRow(rows[0]!);
}
