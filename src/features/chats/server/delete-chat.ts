import { and, eq, sql } from 'drizzle-orm';
import { rawTransaction, typed } from '#platform/database/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Services } from '#platform/services.ts';
import { ownChat } from './chat-for.ts';
import { assertRoomForChat, countChats, lockChatCount } from './chat-limit.ts';
import type { ChatRow } from './present-chat.ts';
import { publishChat, publishDeletedChat } from './publish-chat.ts';
import { chats } from './tables.ts';

/** How long a deletion can be undone; after it the chat and its messages are removed for good. */
const UNDO_HOURS = 24;
const UNDO_SINCE = sql`now() - make_interval(hours => ${UNDO_HOURS})`;

/** Stops what waits or runs in a chat. Handed in, because generations build on chats and not the other way round. */
export type CancelGenerations = (services: Services, chatId: string) => Promise<void>;

/**
 * Takes the user's own chat away from every list and route at once, and stops what it generates; it can come back
 * for a day, with the text written so far.
 */
export async function deleteChat(
  services: Services,
  userId: string,
  chatId: string,
  cancelGenerations: CancelGenerations,
): Promise<void> {
  const { db } = services;
  const deleted = await db
    .update(chats)
    .set({ deletedAt: sql`now()` })
    .where(ownChat(userId, chatId))
    .returning({ id: chats.id });
  if (deleted.length === 0) throw notFound('chat');
  publishDeletedChat(services, userId, chatId);
  // Sends lock the chat and look again, so nothing can be queued there after this. The chat is deleted either way.
  await cancelGenerations(services, chatId).catch((error: unknown) => {
    services.log.warn({ err: error, chatId }, 'a deleted chat may still be generating');
  });
}

/**
 * Undoes a deletion of the last day; a chat that is not deleted stays as it is. 404 when it is gone for good,
 * 403 `chat_limit` when it would be one active chat too many.
 */
export async function undeleteChat(services: Services, userId: string, chatId: string): Promise<ChatRow> {
  const chat = await rawTransaction(services.db, async (client) => {
    const tx = typed(client);
    const limit = await lockChatCount(client, services, userId);
    const [known] = await tx
      .select()
      .from(chats)
      .where(
        and(
          eq(chats.id, chatId),
          eq(chats.userId, userId),
          sql`(${chats.deletedAt} IS NULL OR ${chats.deletedAt} > ${UNDO_SINCE})`,
        ),
      )
      .for('no key update');
    if (!known) throw notFound('chat');
    if (!known.deletedAt) return known;
    if (!known.archived) assertRoomForChat(await countChats(client, userId), limit);
    const [restored] = await tx
      .update(chats)
      .set({ deletedAt: null })
      .where(eq(chats.id, chatId))
      .returning();
    return restored!;
  });
  publishChat(services, chat);
  return chat;
}

/** Removes for good what was deleted longer ago than can be undone. Returns how many chats. */
export async function purgeDeletedChats({ db }: Pick<Services, 'db'>): Promise<number> {
  // In batches, so that a chat of many messages never holds its locks together with a thousand others.
  const { rowCount } = await db.execute(sql`
    DELETE FROM chats WHERE id IN (
      SELECT id FROM chats WHERE deleted_at <= ${UNDO_SINCE} ORDER BY deleted_at LIMIT 100)`);
  const removed = rowCount ?? 0;
  return removed < 100 ? removed : removed + (await purgeDeletedChats({ db }));
}
