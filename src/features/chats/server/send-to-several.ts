/** Comparing: one message, answered by several models at once. */
import { isDeepStrictEqual } from 'node:util';
import { type ResolvedModel, resolveModel } from '#features/endpoints/server/index.ts';
import { findGenerationOf } from '#features/generations/server/index.ts';
import type { Part } from '#features/messages/messages.ts';
import { textOf } from '#features/messages/rules.ts';
import { readMessage, replyIdAt } from '#features/messages/server/index.ts';
import { inTransaction, type Tx } from '#platform/database/database.ts';
import { AppError, invalidInput } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { type NewMessage, toParts } from '../chats.ts';
import { titleFrom } from '../rules.ts';
import { announceReply } from './announce-reply.ts';
import type { ChatRow } from './present-chat.ts';
import { publishChat } from './publish-chat.ts';
import type { Origin } from './queue-reply.ts';
import { type QueuedSeveral, queueSeveral } from './queue-several.ts';
import { say } from './say.ts';
import { checkContent, openChat, orAsTwin, parentOf, sendMessage, type Target } from './send-message.ts';

export type SentSeveral = QueuedSeveral & { created: boolean };

/** Sends a message to its model, or to each of its models. Idempotent and refused as `sendMessage` says; with several, for each of them. */
export async function sendToAny(
  services: Services,
  asker: Principal,
  target: Target,
  input: NewMessage,
  origin: Origin,
): Promise<SentSeveral> {
  if (input.modelIds) return sendToSeveral(services, asker, target, input, origin, input.modelIds);
  const { reply, generation, ...sent } = await sendMessage(services, asker, target, input, origin);
  return { ...sent, replies: [{ reply, generation }] };
}

async function sendToSeveral(
  services: Services,
  asker: Principal,
  target: Target,
  input: NewMessage,
  origin: Origin,
  modelIds: readonly string[],
): Promise<SentSeveral> {
  const content = toParts(input.content);
  checkContent(content);
  if (input.modelId !== undefined) throw invalidInput('modelIds', say('models_differ'));
  if (input.replyId !== undefined) throw invalidInput('replyId', say('several_name_replies'));
  const sent = await orAsTwin(services, asker, input.id, () =>
    accept(services, asker, target, input, origin, content, modelIds),
  );
  if (sent.created) {
    for (const { generation } of sent.replies)
      announceReply(services, { chat: sent.chat, generation }, origin.connection);
    publishChat(services, sent.chat);
  }
  return sent;
}

function accept(
  services: Services,
  asker: Principal,
  target: Target,
  input: NewMessage,
  origin: Origin,
  content: Part[],
  modelIds: readonly string[],
): Promise<SentSeveral> {
  return inTransaction(services.db, async (tx, afterCommit) => {
    const { chat, created, limit } = await openChat(tx, services, asker, target, input.id);
    const known = input.id && (await findSeveral(tx, chat, input.id, content, modelIds.length));
    if (known) return known;
    const models = await findModels(tx, modelIds);
    const id = input.id ?? newId();
    const draft = {
      asker,
      chat,
      question: { id, parentId: await parentOf(tx, chat, input), content },
      ...(created && { newChatLimit: limit }),
      replies: models.map((model, place) => ({ replyId: replyIdAt(id, place), model })),
      parameters: input.parameters ?? {},
      client: origin.client,
      ...(chat.title === '' && { title: titleFrom(textOf(content)) }),
    };
    return { ...(await queueSeveral(tx, services, draft, afterCommit)), created: true };
  });
}

/** What was made when the message was accepted the first time, null when it never was; 409 when its id was used for something else. */
async function findSeveral(
  tx: Tx,
  chat: ChatRow,
  messageId: string,
  content: Part[],
  count: number,
): Promise<SentSeveral | null> {
  const message = await readMessage(tx, messageId);
  if (!message) return null;
  const taken = () => new AppError('conflict', say('message_id_taken'), { field: 'id' });
  const replies: SentSeveral['replies'] = [];
  for (let place = 0; place < count; place++) {
    const reply = await readMessage(tx, replyIdAt(messageId, place));
    const generation = reply?.parentId === messageId ? await findGenerationOf(tx, reply.id) : null;
    if (!reply || !generation) throw taken();
    replies.push({ reply, generation });
  }
  if (message.chatId !== chat.id || message.role !== 'user' || !isDeepStrictEqual(message.content, content))
    throw taken();
  return { chat, message, replies, created: false };
}

/** The models; 400 when one is unknown or named twice. */
async function findModels(tx: Tx, ids: readonly string[]): Promise<ResolvedModel[]> {
  const models: ResolvedModel[] = [];
  for (const id of ids) {
    const model = await resolveModel(tx, id);
    if (!model) throw invalidInput('modelIds', say('no_such_model', { model: id.slice(0, 200) }));
    models.push(model);
  }
  if (new Set(models.map(({ modelId }) => modelId)).size < models.length)
    throw invalidInput('modelIds', say('models_differ'));
  return models;
}
