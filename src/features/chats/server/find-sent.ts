/** Recognising a message that was accepted before, by the ids its sender gave it. */
import { isDeepStrictEqual } from 'node:util';
import { firstReplyOf, type GenerationRow } from '#features/generations/server/index.ts';
import type { Part } from '#features/messages/messages.ts';
import { type MessageRow, readMessage } from '#features/messages/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { NewChat } from '../chats.ts';
import { findMessage } from './access.ts';
import type { ChatRow } from './present-chat.ts';
import { say } from './say.ts';

/** What one accepted message made. `created` is false when the same message had been accepted before. */
export type Sent = {
  chat: ChatRow;
  message: MessageRow;
  reply: MessageRow;
  generation: GenerationRow;
  created: boolean;
};

/**
 * What was made when the message `messageId` was accepted the first time, null when it never was; 409 when its id was
 * used for something else, or with another content.
 */
export async function findSent(
  db: Queryable,
  chat: ChatRow,
  messageId: string,
  content: Part[],
): Promise<Sent | null> {
  const message = await readMessage(db, messageId);
  if (!message) return null;
  const generation = await firstReplyOf(db, messageId);
  const reply = generation?.messageId ? await readMessage(db, generation.messageId) : null;
  const same =
    message.chatId === chat.id && message.role === 'user' && isDeepStrictEqual(message.content, content);
  if (!same || !generation || !reply)
    throw new AppError('conflict', say('message_id_taken'), {
      field: 'id',
    });
  return { chat, message, reply, generation, created: false };
}

/** True when a refusal may only mean that a twin of the same message, posted at the same moment, was accepted. */
export const mayBeRepeat = (error: unknown): boolean =>
  error instanceof AppError && ['conflict', 'rate_limited', 'queue_full'].includes(error.code);

/** The chat that the same first message made earlier, when its sender did not name the chat's id. */
export async function chatOfRepeat(
  db: Queryable,
  asker: Principal,
  newChat: NewChat,
  messageId: string | undefined,
): Promise<string | undefined> {
  if (newChat.id || !messageId) return undefined;
  return (await findMessage(db, asker, messageId, 'write'))?.chatId;
}
