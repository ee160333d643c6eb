/** Sending: the user's message, the reply to be written and the queue entry, all in one transaction. */
import { isDeepStrictEqual } from 'node:util';
import { and, eq, isNull } from 'drizzle-orm';
import type { PoolClient } from 'pg';
import { type ResolvedModel, resolveModel } from '#features/endpoints/server/index.ts';
import { announceGeneration } from '#features/generations/server/announce-generation.ts';
import type { GenerationRow } from '#features/generations/server/present-generation.ts';
import { enqueue } from '#features/generations/server/queue/enqueue.ts';
import { checkLimits } from '#features/generations/server/queue/send-limits.ts';
import { generations } from '#features/generations/server/tables.ts';
import { type Db, inOrder, type Queryable, rawTransaction, typed } from '#platform/database/database.ts';
import { AppError, invalidInput } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Services } from '#platform/services.ts';
import {
  MAX_MESSAGE_BYTES,
  type NewChat,
  type NewMessage,
  type Part,
  textOf,
  titleFrom,
  toParts,
} from '../chats.ts';
import {
  addMessages,
  type ChatRow,
  createChat,
  lockChat,
  type MessageRow,
  publishChat,
  touchChat,
} from './index.ts';
import { chats, messages } from './tables.ts';

/** What one accepted message made. `created` is false when the same message had been accepted before. */
export type Sent = {
  chat: ChatRow;
  message: MessageRow;
  reply: MessageRow;
  generation: GenerationRow;
  created: boolean;
};
/** How the message came in: `web`, `cli`, `api`, … ; and the connection to leave out when the others are told. */
export type Origin = { client: string; connection?: string };

/** Where the message goes: a chat the user has, or one that is made with it. */
export type Target = { chatId: string } | { newChat: NewChat };

/**
 * Accepts a message for its sender's chat and queues the reply. Idempotent by the message's id: the same id with
 * the same content answers with what was made the first time, another content is 409. 404 for a stranger's chat,
 * 400 for an unknown model or parent, 413 above 1 MiB of text, 429 and 503 over a limit (never for a repeated id);
 * whatever is refused leaves nothing behind.
 */
export async function sendMessage(
  services: Services,
  userId: string,
  target: Target,
  input: NewMessage,
  origin: Origin,
): Promise<Sent> {
  const content = toParts(input.content);
  checkContent(content);
  const sent = await accept(services, userId, target, input, origin, content).catch(async (error) => {
    // The same first message, posted twice at once: its twin took the id, perhaps also the last place, and has the answer.
    if (!mayBeRepeat(error) || !input.id || !(await isTaken(services, userId, input.id))) throw error;
    return accept(services, userId, target, input, origin, content);
  });
  if (sent.created) announceGeneration(services, sent.generation, origin.connection);
  if (sent.created) publishChat(services, sent.chat);
  return sent;
}

function accept(
  services: Services,
  userId: string,
  target: Target,
  input: NewMessage,
  origin: Origin,
  content: Part[],
): Promise<Sent> {
  return rawTransaction(services.db, async (client) => {
    const db = typed(client);
    const chat = await openChat(client, services, userId, target, input.id);
    const known = input.id && (await findSent(db, chat, input.id, content));
    if (known) return known;
    const model = await chooseModel(client, input.modelId, chat.modelId);
    await checkLimits(client, services, userId, model);
    return write(client, db, services, { userId, chat, model, content, input, origin });
  });
}

const mayBeRepeat = (error: unknown): boolean =>
  error instanceof AppError && ['conflict', 'rate_limited', 'queue_full'].includes(error.code);

async function isTaken({ db }: Services, userId: string, messageId: string): Promise<boolean> {
  const [found] = await db
    .select({ id: messages.id })
    .from(messages)
    .innerJoin(chats, eq(chats.id, messages.chatId))
    .where(and(eq(messages.id, messageId), eq(chats.userId, userId)));
  return found !== undefined;
}

function checkContent(content: Part[]): void {
  const text = textOf(content);
  if (Buffer.byteLength(text) > MAX_MESSAGE_BYTES)
    throw new AppError('too_large', 'A message may have at most 1 MiB of text.', { field: 'content' });
  if (text.trim() === '') throw invalidInput('content', 'The message is empty.');
}

/** Opens the chat and locks it, so that two sends at once line up behind one another. */
async function openChat(
  client: PoolClient,
  services: Services,
  userId: string,
  target: Target,
  messageId: string | undefined,
): Promise<ChatRow> {
  const db = typed(client);
  const chatId =
    'chatId' in target ? target.chatId : await chatOfRepeat(db, userId, target.newChat, messageId);
  if (chatId) return lockChat(db, userId, chatId);
  return (await createChat(client, services, userId, (target as { newChat: NewChat }).newChat)).chat;
}

/** The chat that the same first message made earlier, when its sender did not name the chat's id. */
async function chatOfRepeat(
  db: Db,
  userId: string,
  newChat: NewChat,
  messageId: string | undefined,
): Promise<string | undefined> {
  if (newChat.id || !messageId) return undefined;
  const [found] = await db
    .select({ id: chats.id })
    .from(messages)
    .innerJoin(chats, eq(chats.id, messages.chatId))
    .where(and(eq(messages.id, messageId), eq(chats.userId, userId), isNull(chats.deletedAt)));
  return found?.id;
}

async function findSent(db: Db, chat: ChatRow, messageId: string, content: Part[]): Promise<Sent | null> {
  const [message] = await db.select().from(messages).where(eq(messages.id, messageId));
  if (!message) return null;
  const [generation] = await db
    .select()
    .from(generations)
    .where(eq(generations.userMessageId, messageId))
    .orderBy(generations.ordinal)
    .limit(1);
  const [reply] = generation?.messageId
    ? await db.select().from(messages).where(eq(messages.id, generation.messageId))
    : [];
  const same =
    message.chatId === chat.id && message.role === 'user' && isDeepStrictEqual(message.content, content);
  if (!same || !generation || !reply)
    throw new AppError('conflict', 'A message with this id exists already, with another content.', {
      field: 'id',
    });
  return { chat, message, reply, generation, created: false };
}

/** The model asked for; else the chat's last, while it is still known; else the default one. */
export async function chooseModel(
  db: Queryable,
  asked: string | undefined,
  last: string | null,
): Promise<ResolvedModel> {
  const model =
    asked !== undefined
      ? await resolveModel(db, asked)
      : ((last && (await resolveModel(db, last))) ?? (await resolveModel(db, undefined)));
  if (model) return model;
  if (asked === undefined)
    throw invalidInput('modelId', 'There is no model yet. An admin can add an endpoint.');
  throw invalidInput('modelId', `There is no model “${asked.slice(0, 200)}”.`);
}

type Draft = {
  userId: string;
  chat: ChatRow;
  model: ResolvedModel;
  content: Part[];
  input: NewMessage;
  origin: Origin;
};

async function write(client: PoolClient, db: Db, services: Services, draft: Draft): Promise<Sent> {
  const { userId, chat, model, content, input, origin } = draft;
  const ids = { message: input.id ?? newId(), reply: input.replyId ?? newId(), generation: newId() };
  if (ids.message === ids.reply) throw invalidInput('replyId', 'The reply needs an id of its own.');
  const parentId = input.parentId === undefined ? chat.leafMessageId : input.parentId;
  if (parentId && input.parentId) await checkParent(db, chat.id, parentId);

  const text = textOf(content);
  const [made, generation, touched] = await inOrder(
    insertPair(client, ids, { chatId: chat.id, parentId, content }),
    enqueue(
      client,
      {
        id: ids.generation,
        userId,
        model,
        parameters: input.parameters ?? {},
        inputCharacters: text.length,
        chatId: chat.id,
        messageId: ids.reply,
        userMessageId: ids.message,
        client: origin.client,
      },
      services.bus.processId,
    ),
    touchChat(client, chat.id, {
      leafMessageId: ids.reply,
      modelId: model.modelId,
      ...(chat.title === '' && { title: titleFrom(text) }),
    }),
  );
  return { chat: touched, ...made, generation, created: true };
}

/** The user's message and the reply to be written; 409 when one of their ids is taken. */
async function insertPair(
  db: Queryable,
  ids: { message: string; reply: string; generation: string },
  { chatId, parentId, content }: { chatId: string; parentId: string | null; content: Part[] },
): Promise<{ message: MessageRow; reply: MessageRow }> {
  const made = await addMessages(db, [
    { id: ids.message, chatId, parentId, role: 'user', content },
    { id: ids.reply, chatId, parentId: ids.message, role: 'assistant', generationId: ids.generation },
  ]);
  const message = made.find((row) => row.id === ids.message);
  const reply = made.find((row) => row.id === ids.reply);
  if (!message || !reply)
    throw new AppError('conflict', 'The id of the message or of its reply is taken.', {
      field: message ? 'replyId' : 'id',
    });
  return { message, reply };
}

async function checkParent(db: Db, chatId: string, parentId: string): Promise<void> {
  const [parent] = await db
    .select({ chatId: messages.chatId })
    .from(messages)
    .where(eq(messages.id, parentId));
  if (parent?.chatId !== chatId) throw invalidInput('parentId', 'There is no such message in this chat.');
}
