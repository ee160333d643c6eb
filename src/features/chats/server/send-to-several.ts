/** Comparing: one message, answered by several models at once. */
import { isDeepStrictEqual } from 'node:util';
import { type ResolvedModel, resolveModel } from '#features/endpoints/server/index.ts';
import { findGenerationOf } from '#features/generations/server/index.ts';
import type { Part } from '#features/messages/messages.ts';
import { textOf } from '#features/messages/rules.ts';
import { type MessageRow, readMessage, replyIdAt } from '#features/messages/server/index.ts';
import type { AfterCommit, Tx } from '#platform/database/database.ts';
import { AppError, invalidInput } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { type NewMessage, toParts } from '../chats.ts';
import { titleFrom } from '../rules.ts';
import { announceReply } from './announce-reply.ts';
import { findSent } from './find-sent.ts';
import { takeItem } from './outbox/take-item.ts';
import type { ChatRow } from './present-chat.ts';
import { publishChat } from './publish-chat.ts';
import type { Origin } from './queue-reply.ts';
import { type QueuedSeveral, queueSeveral } from './queue-several.ts';
import { say } from './say.ts';
import { acceptOne, checkContent, type OpenedChat, parentOf } from './send-message.ts';
import { chooseAllButModel } from './settings/choose-made.ts';

export type SentSeveral = QueuedSeveral & { created: boolean };

/** Accepts a message for its model, or for each of its models. Idempotent and refused as `acceptOne` says; with several, for each of them. */
export async function acceptAny(
  tx: Tx,
  services: Services,
  asker: Principal,
  opened: OpenedChat,
  input: NewMessage,
  origin: Origin,
  afterCommit: AfterCommit,
): Promise<SentSeveral> {
  if (input.modelIds)
    return acceptSeveral(tx, services, asker, opened, input, origin, input.modelIds, afterCommit);
  const { reply, generation, ...sent } = await acceptOne(
    tx,
    services,
    asker,
    opened,
    input,
    origin,
    afterCommit,
  );
  return { ...sent, replies: [{ reply, generation }] };
}

/** Refuses, before anything is looked up, what says nothing or too much and what contradicts itself. */
export function checkMessage(input: NewMessage): void {
  checkContent(toParts(input.content));
  if (!input.modelIds) return;
  if (input.modelId !== undefined) throw invalidInput('modelIds', say('models_differ'));
  if (input.replyId !== undefined) throw invalidInput('replyId', say('several_name_replies'));
}

/** Tells of what was accepted; call it after the commit. */
export function announceSent(services: Services, sent: SentSeveral, from?: string): void {
  if (!sent.created) return;
  for (const { generation } of sent.replies) announceReply(services, { chat: sent.chat, generation }, from);
  publishChat(services, sent.chat);
}

async function acceptSeveral(
  tx: Tx,
  services: Services,
  asker: Principal,
  { chat, created, limit }: OpenedChat,
  input: NewMessage,
  origin: Origin,
  modelIds: readonly string[],
  afterCommit: AfterCommit,
): Promise<SentSeveral> {
  const content = toParts(input.content);
  const known = input.id && (await findSeveral(tx, chat, input.id, content, modelIds.length));
  if (known) return known;
  const freed = await takeItem(tx, services, asker, chat.id, { id: input.id, content }, afterCommit);
  const models = await findModels(tx, modelIds);
  const { layers: _, ...made } = await chooseAllButModel(tx, asker, chat, input);
  const id = input.id ?? newId();
  const draft = {
    asker,
    chat,
    question: { id, parentId: await parentOf(tx, chat, input), content },
    ...(created && { newChatLimit: limit }),
    replies: models.map((model, place) => ({ replyId: replyIdAt(id, place), model })),
    ...made,
    client: origin.client,
    freed,
    ...(chat.title === '' && { title: titleFrom(textOf(content)) }),
  };
  return { ...(await queueSeveral(tx, services, draft, afterCommit)), created: true };
}

/** What a message that was sent made, however many replies that were; null when it is none that somebody sent. */
export async function findAnySent(
  tx: Tx,
  chat: ChatRow,
  { id, content }: MessageRow,
): Promise<SentSeveral | null> {
  let count = 0;
  while (await readMessage(tx, replyIdAt(id, count))) count += 1;
  if (count > 0) return findSeveral(tx, chat, id, content, count);
  const sent = await findSent(tx, chat, id, content);
  return sent && { ...sent, replies: [{ reply: sent.reply, generation: sent.generation }] };
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
