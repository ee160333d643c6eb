import { eq } from 'drizzle-orm';
import type { Db } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Services } from '#platform/services.ts';
import type { NewChat } from '../chats.ts';
import { assertRoomForChat, lockChatCount } from './chat-limit.ts';
import type { ChatRow } from './present-chat.ts';
import { chats } from './tables.ts';

/**
 * Makes a chat, or finds the one this user already made under the same id (`created` false, nothing changed).
 * 403 `chat_limit` when the user has no room for it; 409 for an id that is taken otherwise, whoever has it.
 * Call it inside a transaction: it locks the user's row to its end.
 */
export async function createChat(
  tx: Db,
  services: Pick<Services, 'config'>,
  userId: string,
  input: NewChat,
): Promise<{ chat: ChatRow; created: boolean }> {
  const limit = await lockChatCount(tx, services, userId);
  const known = input.id && (await tx.select().from(chats).where(eq(chats.id, input.id)))[0];
  if (known) {
    if (known.userId !== userId || known.deletedAt) throw idTaken();
    return { chat: known, created: false };
  }
  await assertRoomForChat(tx, userId, limit);
  const [chat] = await tx
    .insert(chats)
    .values({ ...input, id: input.id ?? newId(), userId })
    .onConflictDoNothing()
    .returning();
  // Another user took the id since we looked; our lock only holds back this user.
  if (!chat) throw idTaken();
  return { chat, created: true };
}

const idTaken = () => new AppError('conflict', 'This id cannot be used for a chat. Make a new one.');
