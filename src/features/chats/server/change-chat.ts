import { eq, sql } from 'drizzle-orm';
import { bytesOfChat, growStorage } from '#features/accounts/server/index.ts';
import { assertMessageOf, chooseBranch } from '#features/messages/server/index.ts';
import { inTransaction, typed } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { ChatPatch } from '../chats.ts';
import { lockChat } from './access.ts';
import { assertRoomForChat, countChats, lockChatCount } from './chat-limit.ts';
import { refuseUnknownProject } from './create-chat.ts';
import type { ChatRow } from './present-chat.ts';
import { publishChat } from './publish-chat.ts';
import { chats } from './tables.ts';

/**
 * Changes what `change` names of a chat and tells everybody who may read it. Its place in the list stays.
 * 403 `chat_limit` when it comes back from the archive and there is no room, `storage_limit` when there is none for what is
 * written; 400 for a leaf of another chat and for an unknown project. A message beside the shown branch is gone to with what was
 * seen last below it.
 */
export async function changeChat(
  services: Services,
  asker: Principal,
  chatId: string,
  change: ChatPatch,
): Promise<ChatRow> {
  refuseUnknownProject(change);
  const chat = await inTransaction(services.db, async (client) => {
    const tx = typed(client);
    // Always the user, whose chats are counted, before the chat, so that two changes never wait for each other.
    const limit = change.archived === undefined ? 0 : await lockChatCount(client, services, asker.userId);
    const known = await lockChat(client, asker, chatId, 'write', { strength: 'no key update' });
    if (known.archived && change.archived === false)
      assertRoomForChat(await countChats(client, asker.userId), limit);
    const { leafMessageId: to } = change;
    if (to) await assertMessageOf(client, chatId, to, 'leafMessageId');
    const leaf = to && ((await chooseBranch(client, to, known.leafMessageId)) ?? to);
    const [changed] = await tx
      .update(chats)
      .set({ ...change, ...(leaf && { leafMessageId: leaf }), updatedAt: sql`greatest(updated_at, now())` })
      .where(eq(chats.id, chatId))
      .returning();
    await growStorage(client, asker, { bytes: bytesOfChat(changed!) - bytesOfChat(known) });
    return changed!;
  });
  publishChat(services, chat);
  return chat;
}
