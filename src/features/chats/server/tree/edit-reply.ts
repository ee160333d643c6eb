import { bytesOfMessage, growStorage } from '#features/accounts/server/index.ts';
import { isInWork } from '#features/generations/server/index.ts';
import { addMessages } from '#features/messages/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import { AppError, invalidInput } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { type NewMessage, toParts } from '../../chats.ts';
import { otherAuthor } from '../authors.ts';
import { lockMessage } from '../lock-message.ts';
import { publishChat } from '../publish-chat.ts';
import { publishMessage } from '../publish-message.ts';
import { say } from '../say.ts';
import { checkContent } from '../send-message.ts';
import { touchChat } from '../touch-chat.ts';

/**
 * Writes a reply as somebody would have it: a sibling of its own, which becomes the leaf, and the id of which is returned. 400 for a
 * message that is no reply, 409 while it is written; what a message may say is bounded as for sending.
 */
export async function editReply(
  services: Services,
  asker: Principal,
  replyId: string,
  content: NewMessage['content'],
): Promise<string> {
  const parts = toParts(content);
  checkContent(parts);
  const id = newId();
  const { chat, edited } = await inTransaction(services.db, async (tx) => {
    const known = await lockMessage(tx, asker, replyId);
    if (known.message.role !== 'assistant') throw invalidInput('replyId', say('only_replies_edited'));
    if (await isInWork(tx, replyId)) throw new AppError('conflict', say('reply_still_written'));
    const { chatId, parentId } = known.message;
    const sibling = { id, chatId, parentId, role: 'assistant', content: parts } as const;
    const authorId = otherAuthor(asker, known.chat);
    await addMessages(tx, [{ ...sibling, authorId, source: 'human_edit', editedFrom: replyId }]);
    const touched = await touchChat(tx, chatId, { leafMessageId: id });
    await growStorage(tx, asker, { bytes: bytesOfMessage(parts) });
    return { chat: touched, edited: sibling };
  });
  publishMessage(services, chat, edited);
  publishChat(services, chat);
  return id;
}
