/** Answering a message again: a second reply beside the first, or one that goes on where an unfinished one ended. */
import { findAnswering } from '#features/agents/server/index.ts';
import { isTerminalState } from '#features/generations/rules.ts';
import { admit, findGenerationOf } from '#features/generations/server/index.ts';
import { textOf } from '#features/messages/rules.ts';
import { type MessageRow, readMessage } from '#features/messages/server/index.ts';
import { inTransaction, type Queryable } from '#platform/database/database.ts';
import { AppError, invalidInput } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { NewReply } from '../chats.ts';
import { announceReply } from './announce-reply.ts';
import type { Sent } from './find-sent.ts';
import { lockMessage } from './lock-message.ts';
import type { ChatRow } from './present-chat.ts';
import { publishChat } from './publish-chat.ts';
import { type Origin, queueReply } from './queue-reply.ts';
import { say } from './say.ts';
import { chooseMade } from './settings/choose-made.ts';

/**
 * Queues another reply to the user's message `messageId`; it becomes the chat's leaf. Idempotent by `replyId`: the same
 * one again answers with what was made the first time. 404 for a stranger's message, 400 for one that is no user's, an
 * unknown model, or a `continueFrom` that is no reply to it with text; 409 while that one is being written, and for a
 * `replyId` that is taken; 429 and 503 over a limit.
 */
export async function addReply(
  services: Services,
  asker: Principal,
  messageId: string,
  input: NewReply,
  origin: Origin,
): Promise<Omit<Sent, 'message'>> {
  const made = await inTransaction(services.db, async (tx, afterCommit): Promise<Omit<Sent, 'message'>> => {
    const { chat, message: question } = await lockMessage(tx, asker, messageId);
    if (question.role !== 'user') throw invalidInput('messageId', say('only_persons_answered'));
    const known = input.replyId ? await findReply(tx, question, input.replyId) : null;
    if (known) return { ...known, chat, created: false };
    const begun = input.continueFrom && (await beginningFrom(tx, question, input.continueFrom));
    const agentId = begun && (await writerOf(tx, asker, chat, begun.agentId));
    const chosen = await chooseMade(tx, asker, chat, { ...(agentId && { agentId }), ...input });
    await admit(tx, services, asker, chosen.model, afterCommit);
    const queued = await queueReply(tx, services, {
      asker,
      chat,
      question,
      isNew: false,
      replyId: input.replyId ?? newId(),
      ...chosen,
      ...(begun && { opening: begun.text }),
      client: origin.client,
    });
    return { ...queued, created: true };
  });
  if (made.created) {
    announceReply(services, made, origin.connection);
    publishChat(services, made.chat);
  }
  return made;
}

/** The reply that was made under this id, with its generation; 409 when the id was used for something else. */
async function findReply(tx: Queryable, question: MessageRow, replyId: string) {
  const reply = await readMessage(tx, replyId);
  if (!reply) return null;
  const generation = reply.parentId === question.id ? await findGenerationOf(tx, replyId) : null;
  if (!generation) throw new AppError('conflict', say('reply_id_taken'), { field: 'replyId' });
  return { reply, generation };
}

/** The text of an unfinished reply to the question, and who wrote it. */
async function beginningFrom(
  tx: Queryable,
  question: MessageRow,
  replyId: string,
): Promise<{ text: string; agentId: string | null }> {
  const reply = await readMessage(tx, replyId);
  if (!reply || reply.parentId !== question.id || reply.role !== 'assistant')
    throw invalidInput('continueFrom', say('not_reply_to_that'));
  const generation = await findGenerationOf(tx, replyId);
  if (generation && !isTerminalState(generation.state))
    throw new AppError('conflict', say('reply_still_written'), { field: 'continueFrom' });
  const text = textOf(reply.content);
  if (text === '') throw invalidInput('continueFrom', say('reply_has_no_text'));
  return { text, agentId: reply.agentId };
}

/** The agent that goes on with what it wrote, for as long as the asker may have it answer there. */
async function writerOf(
  tx: Queryable,
  { userId }: Principal,
  chat: ChatRow,
  agentId: string | null,
): Promise<string | null> {
  return agentId !== null && (await findAnswering(tx, userId, agentId, chat)) ? agentId : null;
}
