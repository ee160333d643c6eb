/** Sending: the user's message, the reply to be written and the queue entry, all in the caller's transaction. */
import { admit } from '#features/generations/server/index.ts';
import type { Part } from '#features/messages/messages.ts';
import { MAX_MESSAGE_BYTES, textOf } from '#features/messages/rules.ts';
import { assertMessageOf } from '#features/messages/server/index.ts';
import { type AfterCommit, inOrder, type Tx } from '#platform/database/database.ts';
import { AppError, invalidInput } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { type NewChat, type NewMessage, toParts } from '../chats.ts';
import { titleFrom } from '../rules.ts';
import { findMessage, lockChat } from './access.ts';
import { createChat } from './create-chat.ts';
import { chatOfRepeat, findSent, mayBeRepeat, type Sent } from './find-sent.ts';
import { takeItem } from './outbox/take-item.ts';
import type { ChatRow } from './present-chat.ts';
import { type Origin, queueReply } from './queue-reply.ts';
import { say } from './say.ts';
import { chooseMade, lookUp } from './settings/choose-made.ts';

/** Where the message goes: a chat the asker may write in, or one that is made with it. */
export type Target = { chatId: string } | { newChat: NewChat };

/** The same first message, posted twice at once: its twin took the id, perhaps also the last place, and has the answer. */
export async function orAsTwin<T>(
  services: Services,
  asker: Principal,
  id: string | undefined,
  accepted: () => Promise<T>,
): Promise<T> {
  return accepted().catch(async (error) => {
    const isTaken = id && mayBeRepeat(error) && (await findMessage(services.db.$client, asker, id, 'write'));
    if (!isTaken) throw error;
    return accepted();
  });
}

/** Refuses what is too long (413) and what says nothing (400). */
export function checkContent(content: Part[]): void {
  const text = textOf(content);
  if (Buffer.byteLength(text) > MAX_MESSAGE_BYTES)
    throw new AppError('too_large', say('message_too_long', { mebibytes: MAX_MESSAGE_BYTES / 2 ** 20 }), {
      field: 'content',
    });
  if (text.trim() === '') throw invalidInput('content', say('message_empty'));
}

/** A chat that is locked for a message; `limit` counts where it was made with it. */
export type OpenedChat = { chat: ChatRow; created: boolean; limit: number };

/**
 * Accepts a message in a chat that is open, and queues the reply. Idempotent by the message's id: the same id with
 * the same content answers with what was made the first time, another content is 409. 400 for an unknown model or parent
 * and for an agent that cannot answer there, 413 beyond the model's window, 429 and 503 over a limit (never for a repeated id); whatever is refused leaves nothing behind.
 */
export async function acceptOne(
  tx: Tx,
  services: Services,
  asker: Principal,
  { chat, created, limit }: OpenedChat,
  input: NewMessage,
  origin: Origin,
  afterCommit: AfterCommit,
): Promise<Sent> {
  const content = toParts(input.content);
  const [known, freed, lookedUp] = await inOrder(
    input.id ? findSent(tx, chat, input.id, content) : Promise.resolve(null),
    // Nothing waits in a chat that was just made.
    created
      ? Promise.resolve(0)
      : takeItem(tx, services, asker, chat.id, { id: input.id, content }, afterCommit),
    lookUp(tx, asker, chat, input),
  );
  if (known) return known;
  const made = await chooseMade(tx, asker, chat, input, lookedUp);
  await admit(tx, services, asker, made.model, afterCommit);
  const id = input.id ?? newId();
  const replyId = input.replyId ?? newId();
  if (id === replyId) throw invalidInput('replyId', say('reply_needs_own_id'));
  const { message, ...queued } = await queueReply(tx, services, {
    asker,
    chat,
    question: { id, parentId: await parentOf(tx, chat, input), content },
    isNew: true,
    ...(created && { newChatLimit: limit }),
    replyId,
    ...made,
    once: input.once,
    client: origin.client,
    freed,
    ...(chat.title === '' && { title: titleFrom(textOf(content)) }),
  });
  return { ...queued, message: message!, created: true };
}

/** Opens the chat and locks it, so that two sends at once line up behind one another. */
export async function openChat(
  tx: Tx,
  services: Services,
  asker: Principal,
  target: Target,
  messageId: string | undefined,
): Promise<OpenedChat> {
  const chatId =
    'chatId' in target ? target.chatId : await chatOfRepeat(tx, asker, target.newChat, messageId);
  if (!chatId) return createChat(tx, services, asker, (target as { newChat: NewChat }).newChat);
  return { chat: await lockChat(tx, asker, chatId, 'write'), created: false, limit: 0 };
}

/** The message that is answered: the one named, which must be of this chat, else the chat's leaf. */
export async function parentOf(tx: Tx, chat: ChatRow, { parentId }: NewMessage): Promise<string | null> {
  if (parentId === undefined) return chat.leafMessageId;
  if (parentId) await assertMessageOf(tx, chat.id, parentId, 'parentId');
  return parentId;
}
