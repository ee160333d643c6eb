/** Queueing a reply: the one way in which a message gets an answer, whether it was just sent or is answered again. */
import {
  bytesOfChat,
  bytesOfMessage,
  bytesOfOpening,
  type Growth,
  growStorage,
} from '#features/accounts/server/index.ts';
import type { AgentVersionRef } from '#features/contexts/server/index.ts';
import type { ResolvedModel } from '#features/endpoints/server/index.ts';
import { assertFits, enqueue, type GenerationRow } from '#features/generations/server/index.ts';
import type { Part } from '#features/messages/messages.ts';
import { textOf } from '#features/messages/rules.ts';
import { type AddedMessage, addMessages, type MessageRow } from '#features/messages/server/index.ts';
import type { Parameters } from '#features/settings/settings.ts';
import { inOrder, isUniqueViolation, type Tx } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { otherAuthor, payerOf } from './authors.ts';
import { assertRoomToKeep } from './chat-limit.ts';
import type { ChatRow } from './present-chat.ts';
import { say } from './say.ts';
import { titleWhenEnded } from './titles/ask-for-title.ts';
import { type ChatTouch, touchChat } from './touch-chat.ts';

/** How an answer was asked for: `web`, `cli`, `api`, … ; and the connection to leave out when the others are told. */
export type Origin = { client: string; connection?: string };

/** A reply that is to be written. */
export type ReplyDraft = {
  asker: Principal;
  /** Locked by the caller. */
  chat: ChatRow;
  /** Set where the chat is made with it, and not counted yet: how many the asker may have. */
  newChatLimit?: number;
  /** What is answered; with `isNew` it is inserted together with the reply. */
  question: { id: string; parentId: string | null; content: Part[] };
  isNew: boolean;
  replyId: string;
  model: ResolvedModel;
  parameters: Parameters;
  agent: AgentVersionRef | null;
  /** The project whose instructions its model is told; null: none. */
  projectId: string | null;
  /** The model is the question's alone, and not the chat's last one from now on. */
  once?: boolean | undefined;
  /** What the reply begins with, for the model to go on from. */
  opening?: string;
  retryOf?: string;
  class?: number;
  /** The bytes that the message took while it waited in the outbox, which it left just now. */
  freed?: number;
  /** A title for the chat, if it gets one now. */
  title?: string;
  client: string;
};

/** What was made; `message` is there when the question was new. */
export type QueuedReply = {
  chat: ChatRow;
  message: MessageRow | undefined;
  reply: MessageRow;
  generation: GenerationRow;
};

/**
 * Writes it all in the caller's transaction; the reply becomes the chat's leaf. 409 when one of the ids is taken, 403
 * `storage_limit` when what is written is more than the asker may store, `chat_limit` when they keep too many chats; 413 `context_too_long` when
 * the message and the instructions are more than the model is known to read.
 */
export async function queueReply(
  tx: Tx,
  services: Pick<Services, 'bus'>,
  draft: ReplyDraft,
): Promise<QueuedReply> {
  const { chat, question, replyId, model, agent, projectId } = draft;
  const generationId = newId();
  const common = { chatId: chat.id, authorId: otherAuthor(draft.asker, chat) };
  const added: AddedMessage[] = [
    ...(draft.isNew ? [{ ...question, ...common, role: 'user' as const }] : []),
    {
      ...common,
      id: replyId,
      parentId: question.id,
      role: 'assistant',
      generationId,
      agentId: agent?.id ?? null,
    },
  ];
  const touch: ChatTouch = { leafMessageId: replyId, ...(!draft.once && { modelId: model.modelId }) };
  const text = textOf(question.content);
  const opening = draft.opening ?? null;
  const { userId } = draft.asker;
  const [, made, generation, touched, keptChats] = await inOrder(
    assertFits(tx, {
      userId,
      chatId: chat.id,
      projectId,
      agent,
      model,
      parameters: draft.parameters,
      text,
      opening,
    }),
    addMessages(tx, added),
    enqueue(
      tx,
      {
        id: generationId,
        userId,
        model,
        parameters: draft.parameters,
        agent,
        inputCharacters: text.length + (opening?.length ?? 0),
        chatId: chat.id,
        projectId,
        messageId: replyId,
        userMessageId: question.id,
        opening,
        retryOf: draft.retryOf ?? null,
        class: draft.class ?? 0,
        client: draft.client,
      },
      services.bus.processId,
    ).catch(refuseTaken),
    touchChat(tx, chat.id, draft.title === undefined ? touch : { ...touch, title: draft.title }),
    growForBoth(tx, draft, growthOf(draft)),
  );
  if (draft.newChatLimit !== undefined) assertRoomToKeep(keptChats, draft.newChatLimit);
  await titleWhenEnded(tx, touched, generationId);
  const message = made.find(({ id }) => id === question.id);
  const reply = made.find(({ id }) => id === replyId);
  if (!reply || (draft.isNew && !message))
    throw new AppError('conflict', say('ids_taken'), {
      field: reply ? 'id' : 'replyId',
    });
  return { chat: touched, message, reply, generation };
}

/** By how much messages grow what is stored, and their chat. */
type ChatGrowth = Growth & { chatBytes: number };

/** Counts what is stored: the messages for the asker, the chat for whose it is. Returns how many chats the asker keeps. */
export async function growForBoth(
  tx: Tx,
  { asker, chat }: Pick<ReplyDraft, 'asker' | 'chat'>,
  growth: ChatGrowth,
): Promise<number> {
  if (asker.userId === chat.userId)
    return growStorage(tx, asker, { ...growth, bytes: growth.bytes + growth.chatBytes });
  const own = () => growStorage(tx, asker, growth);
  // In the order of their ids: two who title each other's chats never wait for one another.
  const others = () => growStorage(tx, payerOf(asker, chat.userId), { bytes: growth.chatBytes });
  if (growth.chatBytes !== 0 && chat.userId < asker.userId) await others();
  const kept = await own();
  if (growth.chatBytes !== 0 && chat.userId > asker.userId) await others();
  return kept;
}

/** A reply's id that another reply has, which may be a deleted one: its generation has it as well. */
function refuseTaken(error: unknown): never {
  if (!isUniqueViolation(error)) throw error;
  throw new AppError('conflict', say('ids_taken'), { field: 'replyId' });
}

/** What is stored with it, and with `replies` of its kind. A new chat counts as a whole, with the title it gets. */
export function growthOf(
  { chat, newChatLimit, question, isNew, opening, title, freed = 0 }: Omit<ReplyDraft, 'replyId' | 'model'>,
  replies = 1,
): ChatGrowth {
  const bytes =
    (isNew ? bytesOfMessage(question.content) : 0) +
    replies * bytesOfMessage([]) +
    (opening === undefined ? 0 : bytesOfOpening(opening)) -
    freed;
  const titled = title === undefined ? chat : { ...chat, title };
  if (newChatLimit !== undefined) return { bytes, chatBytes: bytesOfChat(titled), chats: 1 };
  return { bytes, chatBytes: bytesOfChat(titled) - bytesOfChat(chat) };
}
