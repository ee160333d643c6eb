/** Messages on their way: shown at once, kept in this browser until the server has them, sent again as they are. */
import { v7 as newId } from 'uuid';
import { create } from 'zustand';
import { takeNextModels } from '#features/endpoints/web/index.ts';
import type { Generation } from '#features/generations/generations.ts';
import { expectNews, noteReply } from '#features/generations/web/index.ts';
import type { Message } from '#features/messages/messages.ts';
import { ApiError, api } from '#web/api/http.ts';
import { keep, keptNames, readKept, whenKeptChanges } from '#web/kept/kept.ts';
import type { WhileWriting } from '#web/preferences.ts';
import type { Chat } from '../chats.ts';
import type { OutboxItem } from '../outbox.ts';
import { receiveItem, receiveSent, refreshBranch } from './chat-cache.ts';
import type { NewChatFields } from './new-chat.ts';
import { pendingModel } from './next-model.ts';

/** A message that the server has not acknowledged. Its ids are the ones it will have there. */
export type Outgoing = {
  readonly id: string;
  readonly replyId: string;
  readonly chatId: string;
  /** The chat is made by this message. */
  readonly newChat: boolean;
  /** What that chat is made with; missing: as it comes. */
  readonly place?: NewChatFields | undefined;
  /** Missing: after the chat's last message. */
  readonly parentId?: string | null;
  /** While a reply is written: it waits on the server for its end, or stops it. */
  readonly when?: WhileWriting;
  readonly text: string;
  readonly modelId: string | null;
  /** In its place: several, each of which answers; or one, for this message alone, whatever is chosen meanwhile. */
  readonly modelIds?: readonly string[] | undefined;
  /** The agent that answers this message; missing: the chat's. */
  readonly agentId?: string | undefined;
  readonly failure: {
    code: string;
    detail: string;
    reason?: string | undefined;
    params?: Record<string, string | number>;
    field?: string | undefined;
    retryAt?: string | undefined;
  } | null;
};

/** As it was called when browsers began to keep them. */
const PREFIX = 'outbox.';

type OnTheirWay = { readonly items: readonly Outgoing[] };
export const useOutgoing = create<OnTheirWay>(() => ({ items: [] }));
whenKeptChanges(() => useOutgoing.setState(({ items }) => ({ items: withStored(items) })));

/** Draws the message and posts it. Answers with it at once; what becomes of it shows in the store. */
export function send(message: {
  chatId: string | null;
  text: string;
  modelId: string | null;
  parentId?: string | null;
  agentId?: string | undefined;
  /** For a new chat. */
  place?: NewChatFields | undefined;
  when?: WhileWriting | null;
}): Outgoing {
  const item: Outgoing = {
    id: newId(),
    replyId: newId(),
    chatId: message.chatId ?? newId(),
    newChat: message.chatId === null,
    text: message.text,
    modelId: message.modelId,
    modelIds: message.parentId === undefined ? takeNextModels(message.chatId) : undefined,
    failure: null,
    ...(message.parentId !== undefined && { parentId: message.parentId }),
    agentId: message.agentId,
    place: message.place,
    ...(message.when && { when: message.when }),
  };
  put(item);
  deliver(item);
  return item;
}

/** Posts a message that failed once more, perhaps to another model. The ids stay, so nothing can double. */
export function sendAgain(
  item: Outgoing,
  changes: Partial<Pick<Outgoing, 'modelId' | 'modelIds' | 'place'>> = {},
): void {
  const again = { ...item, ...changes, failure: null };
  put(again);
  deliver(again);
}

/** Gives a failed message up; its text is the caller's to keep. */
export const discard = (item: Outgoing): void => remove(item.id);

/** Failures that are over once there is a connection, and its person is the message's. */
const PASSING = ['offline', 'unauthenticated', 'other_user'];

/** Sends again what waited for a connection, or for its person; for when they are there. */
export function sendWaiting(): void {
  for (const item of useOutgoing.getState().items)
    if (item.failure && PASSING.includes(item.failure.code)) sendAgain(item);
}

type Queued = { reply: Message; generation: Generation };
export type Sent = { chat?: Chat; message: Message } & Queued;
/** What a message is answered with: that it was sent, to several models with several replies, or that it waits. */
type Answer = (Sent | (Omit<Sent, keyof Queued> & { replies: Queued[] })) & { outbox?: undefined };
export type Taken = Answer | { outbox: OutboxItem };

const deliveries: Record<string, Promise<void>> = {};

/** Posts it once what was said in its chat before has been answered: the order is kept, and a new chat is there. */
function deliver(item: Outgoing): void {
  deliveries[item.chatId] = Promise.resolve(deliveries[item.chatId]).then(() => post(item));
}

async function post(item: Outgoing): Promise<void> {
  const { id, replyId, when, agentId } = item;
  const [named, several] = item.modelIds ?? [];
  // What was chosen since it was written, and is not kept with its chat yet.
  const modelId = named ?? pendingModel(item.chatId) ?? item.modelId;
  const message = {
    id,
    content: item.text,
    when,
    ...(several ? { modelIds: item.modelIds } : { replyId, ...(modelId !== null && { modelId }) }),
    agentId,
    // What such an agent answers with is no more the chat's than what is named itself; a new chat has no other to go back to.
    ...((named || (agentId && !item.newChat)) && !several && { once: true }),
    ...(item.parentId !== undefined && { parentId: item.parentId }),
  };
  try {
    const sent = item.newChat
      ? await api<Taken>('POST', '/api/v1/messages', { chat: { id: item.chatId, ...item.place }, message })
      : await api<Taken>('POST', `/api/v1/chats/${item.chatId}/messages`, message);
    if (sent.outbox) {
      receiveItem(sent.outbox);
      return remove(id);
    }
    for (const id of acknowledgeAll(sent)) expectNews(id);
  } catch (error) {
    if (!(error instanceof ApiError)) return put({ ...item, failure: { code: 'internal', detail: '' } });
    const { code, message: detail, reason, params, field, retryAt } = error;
    put({ ...item, failure: { code, detail, reason, params, field, retryAt } });
  }
}

/** The same for each reply of a message; answers with the ids of their generations. */
export function acknowledgeAll(answer: Answer): string[] {
  const made = 'replies' in answer ? answer.replies : [answer];
  for (const each of made) acknowledge({ ...answer, ...each });
  return made.map(({ generation }) => generation.id);
}

/** The server has the message: from here on it is read from there. */
export function acknowledge({ chat, message, reply, generation }: Sent): void {
  noteReply(generation.id, {
    chatId: message.chatId,
    messageId: reply.id,
    model: generation.model,
  });
  const item = useOutgoing.getState().items.find(({ id }) => id === message.id);
  receiveSent(message, reply, chat);
  remove(message.id);
  // It stands beside others, and each of them tells how many there are.
  if (item?.parentId !== undefined) void refreshBranch(message.chatId);
}

function put(item: Outgoing): void {
  keep(PREFIX + item.id, JSON.stringify(item));
  useOutgoing.setState(({ items }) => ({
    items: items.some(({ id }) => id === item.id)
      ? items.map((other) => (other.id === item.id ? item : other))
      : [...items, item],
  }));
}

function remove(id: string): void {
  keep(PREFIX + id, null);
  useOutgoing.setState(({ items }) => ({ items: items.filter((item) => item.id !== id) }));
}

/** With what an earlier life of this page left behind; it counts as unsent, and goes out when the line is open. */
function withStored(items: readonly Outgoing[]): Outgoing[] {
  const known = new Set(items.map(({ id }) => PREFIX + id));
  const stored = keptNames(PREFIX).filter((name) => !known.has(name));
  return [...items, ...stored.flatMap(fromStorage)];
}

function fromStorage(name: string): Outgoing[] {
  try {
    const item = JSON.parse(readKept(name) ?? '') as Outgoing;
    return [{ ...item, failure: item.failure ?? { code: 'offline', detail: '' } }];
  } catch {
    keep(name, null);
    return [];
  }
}
