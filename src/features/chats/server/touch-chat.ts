import { eq, sql } from 'drizzle-orm';
import type { Db } from '#platform/database/database.ts';
import type { ChatRow } from './present-chat.ts';
import { chats } from './tables.ts';

/** What a new message changes about its chat: the shown branch, the model last asked, a first title. */
export type ChatTouch = Partial<Pick<ChatRow, 'leafMessageId' | 'modelId' | 'title'>>;

/** Moves a chat to the top of its list and returns it. Who may do so was decided by the caller's `chatFor`. */
export async function touchChat(tx: Db, chatId: string, change: ChatTouch = {}): Promise<ChatRow> {
  const [chat] = await tx
    .update(chats)
    .set({
      ...change,
      // A clock that was set back must not move an active chat down.
      activeAt: sql`greatest(active_at, now())`,
      updatedAt: sql`greatest(updated_at, now())`,
    })
    .where(eq(chats.id, chatId))
    .returning();
  return chat!;
}
