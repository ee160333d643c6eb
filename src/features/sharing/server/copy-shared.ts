import { bytesOfChat, bytesOfMessage, growStorage } from '#features/accounts/server/index.ts';
import {
  assertRoomToKeep,
  type ChatRow,
  createChat,
  publishChat,
  touchChat,
} from '#features/chats/server/index.ts';
import { addMessages } from '#features/messages/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { NewCopy } from '../sharing.ts';
import type { SharedRow } from './access.ts';

/**
 * Makes a chat of the asker's own of what a link shows, to go on with; its metadata tells where that came from, its messages that
 * they were brought in. The same id again finds the same chat. 403 `chat_limit` and `storage_limit` as for a new chat.
 */
export async function copyShared(
  services: Services,
  asker: Principal,
  { id: shareId, title, messages, createdAt }: SharedRow,
  { id }: NewCopy,
): Promise<ChatRow> {
  const { chat, created } = await inTransaction(services.db, async (tx) => {
    const copiedFrom = { shareId, sharedAt: createdAt.toISOString() };
    const made = await createChat(tx, services, asker, {
      ...(id && { id }),
      title,
      metadata: { copiedFrom },
    });
    if (!made.created) return made;
    const ids = messages.map(() => newId());
    await addMessages(
      tx,
      messages.map(({ role, content }, at) => ({
        id: ids[at]!,
        chatId: made.chat.id,
        parentId: ids[at - 1] ?? null,
        role,
        content,
        source: 'import' as const,
      })),
    );
    const leafMessageId = ids.at(-1);
    const touched = leafMessageId ? await touchChat(tx, made.chat.id, { leafMessageId }) : made.chat;
    const text = messages.reduce((sum, { content }) => sum + bytesOfMessage(content), 0);
    const kept = await growStorage(tx, asker, { bytes: bytesOfChat(touched) + text, chats: 1 });
    assertRoomToKeep(kept, made.limit);
    return { chat: touched, created: true };
  });
  if (created) publishChat(services, chat);
  return chat;
}
