import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '#platform/database/database.ts';
import { notFound } from '#platform/errors.ts';
import type { ChatRow } from './present-chat.ts';
import { chats } from './tables.ts';

/** The user's own chat; 404 for a stranger's, a deleted and an unknown one alike. */
export async function chatFor(db: Db, userId: string, chatId: string): Promise<ChatRow> {
  const [chat] = await db.select().from(chats).where(ownChat(userId, chatId));
  if (!chat) throw notFound('chat');
  return chat;
}

/**
 * The same, locked to the end of the transaction: two sends to it at once line up behind one another. With
 * `no key update`, rows that refer to it can be inserted meanwhile.
 */
export async function lockChat(
  db: Db,
  userId: string,
  chatId: string,
  strength: 'update' | 'no key update' = 'update',
): Promise<ChatRow> {
  const [chat] = await db.select().from(chats).where(ownChat(userId, chatId)).for(strength);
  if (!chat) throw notFound('chat');
  return chat;
}

/** The condition for it. */
export const ownChat = (userId: string, chatId: string) =>
  and(eq(chats.id, chatId), eq(chats.userId, userId), isNull(chats.deletedAt));
