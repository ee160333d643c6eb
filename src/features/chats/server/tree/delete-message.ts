import { isInWork } from '#features/generations/server/index.ts';
import { findTombstone, putBack, removeMessage } from '#features/messages/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import { UNDO_TIME } from '#platform/database/undo-time.ts';
import { AppError, notFound } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { lockChat } from '../access.ts';
import { lockMessage } from '../lock-message.ts';
import { publishChat } from '../publish-chat.ts';
import { publishDeletedMessage, publishMessage } from '../publish-message.ts';
import { say } from '../say.ts';
import { setLeaf } from './set-leaf.ts';

/**
 * Takes exactly one message out of its chat: its children hang on its parent, which becomes the leaf where the message was it. It can
 * come back for a day. 409 while it, or a reply to it, waits in line or is written.
 */
export async function deleteMessage(services: Services, asker: Principal, messageId: string): Promise<void> {
  const { before, after } = await inTransaction(services.db, async (tx) => {
    const { chat, message } = await lockMessage(tx, asker, messageId);
    if (await isInWork(tx, messageId)) throw new AppError('conflict', say('message_in_work'));
    const wasLeaf = chat.leafMessageId === messageId;
    await removeMessage(tx, messageId, wasLeaf);
    return { before: chat, after: wasLeaf ? await setLeaf(tx, chat, message.parentId) : chat };
  });
  publishDeletedMessage(services, after, messageId);
  if (after !== before) publishChat(services, after);
}

/**
 * Undoes a deletion of the last day: the message hangs on the nearest of its ancestors that is still there, and its children that hang
 * there come back under it. It is the leaf again if it was, and nothing was said since. One that is there stays as it is.
 */
export async function restoreMessage(services: Services, asker: Principal, messageId: string): Promise<void> {
  const restored = await inTransaction(services.db, async (tx) => {
    const deleted = await findTombstone(tx, messageId, UNDO_TIME);
    if (!deleted) return lockMessage(tx, asker, messageId).then(() => null);
    const chat = await lockChat(tx, asker, deleted.chatId, 'write').catch((error: unknown) => {
      throw error instanceof AppError ? notFound(say('no_such_message')) : error;
    });
    // As it is under the lock: it may have come back, or its parent gone, meanwhile.
    const message = await findTombstone(tx, messageId, UNDO_TIME, { locked: true });
    if (!message) return null;
    await putBack(tx, message);
    const isLeaf = message.wasLeaf && chat.leafMessageId === message.parentId;
    return { message, before: chat, after: isLeaf ? await setLeaf(tx, chat, messageId) : chat };
  });
  if (!restored) return;
  publishMessage(services, restored.after, restored.message);
  if (restored.after !== restored.before) publishChat(services, restored.after);
}
