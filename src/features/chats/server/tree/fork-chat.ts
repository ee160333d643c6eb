import { bytesOfChat, growStorage, messageBytes } from '#features/accounts/server/index.ts';
import { repliesInWork } from '#features/generations/server/index.ts';
import { copyBranch } from '#features/messages/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import { AppError, notFound } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { chatFor, findMessage } from '../access.ts';
import { assertRoomToKeep } from '../chat-limit.ts';
import { createChat } from '../create-chat.ts';
import type { ChatRow } from '../present-chat.ts';
import { publishChat } from '../publish-chat.ts';
import { say } from '../say.ts';
import { touchChat } from '../touch-chat.ts';

/**
 * Makes a chat of the asker's own with a copy of the branch that ends in a message; its metadata tells where that came from, and its
 * title is the original's unless told. 409 while a reply of that branch is written; 403 `chat_limit` and `storage_limit` as for a new chat.
 */
export async function forkChat(
  services: Services,
  asker: Principal,
  messageId: string,
  title: string | undefined,
): Promise<ChatRow> {
  const chat = await inTransaction(services.db, async (tx) => {
    const message = await findMessage(tx, asker, messageId, 'read');
    if (!message) throw notFound(say('no_such_message'));
    const original = await chatFor(tx, asker, message.chatId, 'read');
    const forkedFrom = { chatId: original.id, messageId };
    // What is not to be kept is not kept by a fork of it either.
    const { temporary } = original;
    const fresh = { title: title ?? original.title, metadata: { forkedFrom }, temporary };
    const made = await createChat(tx, services, asker, fresh);
    const unfinished = await repliesInWork(tx, original.id);
    const copied = await copyBranch(tx, messageId, made.chat.id, {
      unfinished: unfinished.flatMap(({ messageId: id }) => id ?? []),
      bytesOf: messageBytes,
    });
    if (!copied.leafId) throw notFound(say('no_such_message'));
    if (copied.isUnfinished) throw new AppError('conflict', say('reply_still_written'));
    const fork = await touchChat(tx, made.chat.id, {
      leafMessageId: copied.leafId,
      ...(original.modelId && { modelId: original.modelId }),
    });
    const kept = await growStorage(tx, asker, { bytes: bytesOfChat(fork) + copied.bytes, chats: 1 });
    assertRoomToKeep(kept, made.limit);
    return fork;
  });
  publishChat(services, chat);
  return chat;
}
