import type { ResolvedModel } from '#features/endpoints/server/index.ts';
import { admit, assertFits, enqueue, type GenerationRow } from '#features/generations/server/index.ts';
import { textOf } from '#features/messages/rules.ts';
import { addMessages, type MessageRow, remember } from '#features/messages/server/index.ts';
import type { AfterCommit, Tx } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Services } from '#platform/services.ts';
import { otherAuthor } from './authors.ts';
import { assertRoomToKeep } from './chat-limit.ts';
import type { ChatRow } from './present-chat.ts';
import { growForBoth, growthOf, type ReplyDraft } from './queue-reply.ts';
import { say } from './say.ts';
import { titleWhenEnded } from './titles/ask-for-title.ts';
import { touchChat } from './touch-chat.ts';

/** A new message, and the replies that are to be written to it; the first is shown. */
export type SeveralDraft = Omit<ReplyDraft, 'isNew' | 'replyId' | 'model' | 'opening' | 'retryOf'> & {
  replies: readonly { replyId: string; model: ResolvedModel }[];
};

export type QueuedSeveral = {
  chat: ChatRow;
  message: MessageRow;
  replies: { reply: MessageRow; generation: GenerationRow }[];
};

/**
 * Writes a message and a reply of each model in the caller's transaction: all of them or, when one is refused, none. Each is let into
 * the line by itself, with those before it counted. Refusals as of `admit` and `queueReply`.
 */
export async function queueSeveral(
  tx: Tx,
  services: Pick<Services, 'bus' | 'config'>,
  draft: SeveralDraft,
  afterCommit: AfterCommit,
): Promise<QueuedSeveral> {
  const { asker, chat, question, replies } = draft;
  const queued = replies.map((reply) => ({ ...reply, generationId: newId() }));
  const { userId } = asker;
  const text = textOf(question.content);
  for (const { model } of replies)
    await assertFits(tx, {
      userId,
      chatId: chat.id,
      projectId: draft.projectId,
      model,
      agent: draft.agent,
      parameters: draft.parameters,
      text,
      opening: null,
    });
  const authorId = otherAuthor(asker, chat);
  const made = await addMessages(tx, [
    { ...question, authorId, chatId: chat.id, role: 'user' },
    ...queued.map(({ replyId, generationId }) => ({
      id: replyId,
      authorId,
      chatId: chat.id,
      parentId: question.id,
      role: 'assistant' as const,
      generationId,
      agentId: draft.agent?.id ?? null,
    })),
  ]);
  if (made.length <= queued.length) throw new AppError('conflict', say('ids_taken'), { field: 'id' });
  const generations = new Map<string, GenerationRow>();
  // One order for everybody, so that two who ask the same endpoints never wait for each other.
  for (const { replyId, model, generationId } of queued.toSorted(byEndpoint)) {
    await admit(tx, services, asker, model, afterCommit);
    const generation = {
      id: generationId,
      userId,
      model,
      parameters: draft.parameters,
      agent: draft.agent,
      inputCharacters: text.length,
      chatId: chat.id,
      projectId: draft.projectId,
      messageId: replyId,
      userMessageId: question.id,
      class: draft.class ?? 0,
      client: draft.client,
    };
    generations.set(replyId, await enqueue(tx, generation, services.bus.processId));
  }
  const [first] = queued;
  await remember(tx, [{ parentId: question.id, childId: first!.replyId }]);
  const touched = await touchChat(tx, chat.id, {
    leafMessageId: first!.replyId,
    modelId: first!.model.modelId,
    ...(draft.title !== undefined && { title: draft.title }),
  });
  for (const { generationId } of queued) await titleWhenEnded(tx, touched, generationId);
  const kept = await growForBoth(tx, draft, growthOf({ ...draft, isNew: true }, queued.length));
  if (draft.newChatLimit !== undefined) assertRoomToKeep(kept, draft.newChatLimit);
  const byId = new Map(made.map((message) => [message.id, message]));
  return {
    chat: touched,
    message: byId.get(question.id)!,
    replies: queued.map(({ replyId }) => ({
      reply: byId.get(replyId)!,
      generation: generations.get(replyId)!,
    })),
  };
}

type Asked = { model: ResolvedModel };
const byEndpoint = (one: Asked, other: Asked): number =>
  one.model.endpointId < other.model.endpointId ? -1 : one.model.endpointId > other.model.endpointId ? 1 : 0;
