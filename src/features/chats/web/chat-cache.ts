/** The chats and messages this page holds, and how answers and live events change them. */
import type { InfiniteData } from '@tanstack/react-query';
import type { LiveReply } from '#features/generations/web/replies.ts';
import { queryClient } from '#web/api/query-client.ts';
import type { Chat, Message } from '../chats.ts';

export type Page<T> = { items: T[]; nextCursor: string | null };
export type Pages<T> = InfiniteData<Page<T>, string | null>;

export const keys = {
  chats: (archived: boolean) => ['chats', archived ? 'archived' : 'active'] as const,
  chat: (chatId: string) => ['chat', chatId] as const,
  messages: (chatId: string) => ['messages', chatId] as const,
};

/** Puts a chat where it belongs: first in its list when it is new or was active, in its place otherwise. */
export function receiveChat(chat: Chat): void {
  queryClient.setQueryData(keys.chat(chat.id), chat);
  for (const archived of [false, true])
    queryClient.setQueryData<Pages<Chat>>(
      keys.chats(archived),
      (list) => list && (chat.archived === archived ? placeChat(list, chat) : withoutChat(list, chat.id)),
    );
}

/** The list with the chat placed by its last activity; one older than what is loaded waits on a later page. */
export function placeChat(list: Pages<Chat>, chat: Chat): Pages<Chat> {
  const pages = withoutChat(list, chat.id).pages;
  const last = pages.length - 1;
  let placed = false;
  const next = pages.map((page, index) => {
    if (placed) return page;
    const before = page.items.findIndex((other) => other.activeAt < chat.activeAt);
    const end = index === last && page.nextCursor === null;
    if (before === -1 && !end) return page;
    placed = true;
    const at = before === -1 ? page.items.length : before;
    return { ...page, items: page.items.toSpliced(at, 0, chat) };
  });
  return { ...list, pages: next };
}

export function withoutChat(list: Pages<Chat>, chatId: string): Pages<Chat> {
  const pages = list.pages.map((page) =>
    page.items.some(({ id }) => id === chatId)
      ? { ...page, items: page.items.filter(({ id }) => id !== chatId) }
      : page,
  );
  return { ...list, pages };
}

/** Takes a deleted chat out of the lists. Its messages stay until they are collected, for an undo. */
export function dropChat(chatId: string): void {
  queryClient.setQueryData(keys.chat(chatId), null);
  for (const archived of [false, true])
    queryClient.setQueryData<Pages<Chat>>(keys.chats(archived), (list) => list && withoutChat(list, chatId));
}

/** A send was accepted, here or in another tab: both messages take their place in the chat. */
export function receiveSent(message: Message, reply: Message, chat?: Chat): void {
  if (chat) receiveChat(chat);
  const key = keys.messages(message.chatId);
  const fresh = chat !== undefined && message.parentId === null;
  const known = queryClient.getQueryData<Pages<Message>>(key);
  if (!known && !fresh) return;
  const start: Pages<Message> = known ?? { pages: [{ items: [], nextCursor: null }], pageParams: [null] };
  const both = placeMessage(placeMessage(start, message), reply);
  if (both) queryClient.setQueryData(key, both);
  else void queryClient.invalidateQueries({ queryKey: key });
}

/**
 * The current branch with one more message after its parent; what came after the parent before is another branch
 * now. The first page is the newest. Undefined when the parent is not on a loaded page.
 */
export function placeMessage(list: Pages<Message> | undefined, message: Message): Pages<Message> | undefined {
  if (!list) return undefined;
  const at = (id: string | null) => list.pages.findIndex((page) => page.items.some((item) => item.id === id));
  const already = at(message.id);
  if (already !== -1) {
    const pages = list.pages.map((page, index) =>
      index === already
        ? { ...page, items: page.items.map((item) => (item.id === message.id ? message : item)) }
        : page,
    );
    return { ...list, pages };
  }
  if (message.parentId === null)
    return { pages: [{ items: [message], nextCursor: null }], pageParams: [null] };
  const parentPage = at(message.parentId);
  if (parentPage === -1) return undefined;
  const page = list.pages[parentPage]!;
  const upTo = page.items.findIndex(({ id }) => id === message.parentId) + 1;
  return {
    pages: [{ ...page, items: [...page.items.slice(0, upTo), message] }, ...list.pages.slice(parentPage + 1)],
    pageParams: [null, ...list.pageParams.slice(parentPage + 1)],
  };
}

/** Writes an ended reply into the stored messages, as the server has just done. */
export function storeReply(live: LiveReply): void {
  if (!live.chatId || !live.messageId) return;
  const { content, state, error, metadata } = live.reply;
  const reasoningMs = live.reasoningFrom && live.reasoningTo ? live.reasoningTo - live.reasoningFrom : null;
  queryClient.setQueryData<Pages<Message>>(keys.messages(live.chatId), (list) => {
    const known = list?.pages.flatMap((page) => page.items).find(({ id }) => id === live.messageId);
    if (!known) return list;
    return placeMessage(list, {
      ...known,
      content: [...content],
      metadata: {
        ...known.metadata,
        ...metadata,
        state,
        ...(error && { error }),
        ...(reasoningMs && { reasoningMs }),
      },
    });
  });
}

export const refreshChats = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['chats'] });
/** Reads the open chat again; the others when they are opened. */
export const refreshMessages = (): Promise<void> =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: ['messages'] }),
    queryClient.invalidateQueries({ queryKey: ['chat'] }),
  ]).then(() => {});
