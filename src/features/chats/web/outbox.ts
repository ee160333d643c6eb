/** Messages on their way: shown at once, kept in this browser until the server has them, sent again as they are. */
import { v7 as newId } from 'uuid';
import { create } from 'zustand';
import { takeNextModels } from '#features/endpoints/web/index.ts';
import type { Generation } from '#features/generations/generations.ts';
import { expectNews, noteReply } from '#features/generations/web/index.ts';
import type { Message } from '#features/messages/messages.ts';
import { ApiError, api } from '#web/api/http.ts';
import { keep, keptNames, readKept, whenKeptChanges } from '#web/kept/kept.ts';
import type { Chat } from '../chats.ts';
import { receiveSent, refreshBranch } from './chat-cache.ts';
import type { NewPlace } from './new-chat.ts';

/** A message that the server has not acknowledged. Its ids are the ones it will have there. */
export type Outgoing = {
  readonly id: string;
  readonly replyId: string;
  readonly chatId: string;
  /** The chat is made by this message. */
  readonly newChat: boolean;
  /** Where that chat is to be; missing: in no project. */
  readonly place?: NewPlace;
  /** Missing: after the chat's last message. */
  readonly parentId?: string | null;
  readonly text: string;
  readonly modelId: string | null;
  /** In its place: several, each of which answers. */
  readonly modelIds?: readonly string[] | undefined;
  readonly failure: {
    code: string;
    detail: string;
    reason?: string | undefined;
    params?: Record<string, string | number>;
    field?: string | undefined;
    retryAt?: string | undefined;
  } | null;
};

const PREFIX = 'outbox.';

type Outbox = { readonly items: readonly Outgoing[] };
export const useOutbox = create<Outbox>(() => ({ items: [] }));
whenKeptChanges(() => useOutbox.setState(({ items }) => ({ items: withStored(items) })));

/** Draws the message and posts it. Answers with it at once; what becomes of it shows in the outbox. */
export function send(message: {
  chatId: string | null;
  text: string;
  modelId: string | null;
  parentId?: string | null;
  place?: NewPlace | null;
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
    ...(message.place && { place: message.place }),
  };
  put(item);
  void deliver(item);
  return item;
}

/** Posts a message that failed once more, perhaps to another model. The ids stay, so nothing can double. */
export function sendAgain(
  item: Outgoing,
  changes: Partial<Pick<Outgoing, 'modelId' | 'modelIds'>> = {},
): void {
  const again = { ...item, ...changes, failure: null };
  put(again);
  void deliver(again);
}

/** Gives a failed message up; its text is the caller's to keep. */
export const discard = (item: Outgoing): void => remove(item.id);

/** Failures that are over once there is a connection, and its person is the message's. */
const PASSING = ['offline', 'unauthenticated', 'other_user'];

/** Sends again what waited for a connection, or for its person; for when they are there. */
export function sendWaiting(): void {
  for (const item of useOutbox.getState().items)
    if (item.failure && PASSING.includes(item.failure.code)) sendAgain(item);
}

type Queued = { reply: Message; generation: Generation };
export type Sent = { chat?: Chat; message: Message } & Queued;
/** A message to several models has several replies. */
type Answer = Sent | (Omit<Sent, keyof Queued> & { replies: Queued[] });

async function deliver(item: Outgoing): Promise<void> {
  const message = {
    id: item.id,
    content: item.text,
    ...(item.modelIds
      ? { modelIds: item.modelIds }
      : { replyId: item.replyId, ...(item.modelId !== null && { modelId: item.modelId }) }),
    ...(item.parentId !== undefined && { parentId: item.parentId }),
  };
  try {
    const sent = item.newChat
      ? await api<Answer>('POST', '/api/v1/messages', { chat: { id: item.chatId, ...item.place }, message })
      : await api<Answer>('POST', `/api/v1/chats/${item.chatId}/messages`, message);
    for (const made of 'replies' in sent ? sent.replies : [sent]) {
      acknowledge({ ...sent, ...made });
      expectNews(made.generation.id);
    }
  } catch (error) {
    if (!(error instanceof ApiError)) return put({ ...item, failure: { code: 'internal', detail: '' } });
    const { code, message: detail, reason, params, field, retryAt } = error;
    put({ ...item, failure: { code, detail, reason, params, field, retryAt } });
  }
}

/** The server has the message: from here on it is read from there. */
export function acknowledge({ chat, message, reply, generation }: Sent): void {
  noteReply(generation.id, {
    chatId: message.chatId,
    messageId: reply.id,
    model: generation.model,
  });
  const item = useOutbox.getState().items.find(({ id }) => id === message.id);
  receiveSent(message, reply, chat);
  remove(message.id);
  // It stands beside others, and each of them tells how many there are.
  if (item?.parentId !== undefined) void refreshBranch(message.chatId);
}

function put(item: Outgoing): void {
  keep(PREFIX + item.id, JSON.stringify(item));
  useOutbox.setState(({ items }) => ({
    items: items.some(({ id }) => id === item.id)
      ? items.map((other) => (other.id === item.id ? item : other))
      : [...items, item],
  }));
}

function remove(id: string): void {
  keep(PREFIX + id, null);
  useOutbox.setState(({ items }) => ({ items: items.filter((item) => item.id !== id) }));
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
