import { isDeepStrictEqual } from 'node:util';
import { bytesOfMessage, growStorage } from '#features/accounts/server/index.ts';
import { isInWork } from '#features/generations/server/index.ts';
import { addMessages, type MessageRow, readMessage } from '#features/messages/server/index.ts';
import { inTransaction, type Queryable } from '#platform/database/database.ts';
import { AppError, invalidInput } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { type MessageEdit, toParts } from '../../chats.ts';
import { otherAuthor } from '../authors.ts';
import { lockMessage } from '../lock-message.ts';
import { publishChat } from '../publish-chat.ts';
import { publishMessage } from '../publish-message.ts';
import { say } from '../say.ts';
import { checkContent } from '../send-message.ts';
import { touchChat } from '../touch-chat.ts';

/**
 * Writes a message as somebody would have it: a sibling of its own, which becomes the leaf, and the id of which is returned. Nothing
 * answers it by itself. Idempotent by the sibling's id. 400 for what neither a person nor a model said, 409 for a reply that is being
 * written and for an id that is taken; what a message may say is bounded as for sending.
 */
export async function editMessage(
  services: Services,
  asker: Principal,
  messageId: string,
  edit: MessageEdit,
): Promise<string> {
  const content = toParts(edit.content);
  checkContent(content);
  const id = edit.id ?? newId();
  const made = await inTransaction(services.db, async (tx) => {
    const { chat, message } = await lockMessage(tx, asker, messageId);
    const { chatId, parentId, role } = message;
    if (role !== 'user' && role !== 'assistant') throw invalidInput('messageId', say('only_said_edited'));
    const sibling = { id, chatId, parentId, role, content, editedFrom: messageId };
    if (edit.id && (await isRepeat(tx, sibling))) return null;
    if (await isInWork(tx, messageId)) throw new AppError('conflict', say('reply_still_written'));
    const source = role === 'user' ? ({} as const) : ({ source: 'human_edit' } as const);
    const added = await addMessages(tx, [{ ...sibling, ...source, authorId: otherAuthor(asker, chat) }]);
    if (added.length === 0) throw taken();
    const touched = await touchChat(tx, chatId, { leafMessageId: id });
    await growStorage(tx, asker, { bytes: bytesOfMessage(content) });
    return { chat: touched, sibling };
  });
  if (made) {
    publishMessage(services, made.chat, made.sibling);
    publishChat(services, made.chat);
  }
  return id;
}

/** Whether the same edit was made before; 409 when its id was used for something else. */
async function isRepeat(
  db: Queryable,
  sibling: Pick<MessageRow, 'id' | 'chatId' | 'content' | 'editedFrom'>,
): Promise<boolean> {
  const known = await readMessage(db, sibling.id);
  if (!known) return false;
  const same =
    known.chatId === sibling.chatId &&
    known.editedFrom === sibling.editedFrom &&
    isDeepStrictEqual(known.content, sibling.content);
  if (!same) throw taken();
  return true;
}

const taken = () => new AppError('conflict', say('message_id_taken'), { field: 'id' });
