/** The chats and messages this page holds, and how answers and live events change them. */

import { isTerminalState } from '#features/generations/rules.ts';
import type { LiveReply } from '#features/generations/web/index.ts';
import type { Message } from '#features/messages/messages.ts';
import { queryClient } from '#web/api/query-client.ts';
import type { Chat } from '../chats.ts';
import { type Pages, placeChat, placeMessage, withoutChat } from './list-pages.ts';

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

/** Writes an ended reply into the stored messages, as the server has just done. */
export function storeReply({ chatId, messageId, reply }: LiveReply): void {
  const { content, state, error, metadata } = reply;
  if (!chatId || !messageId || !metadata || !isTerminalState(state)) return;
  queryClient.setQueryData<Pages<Message>>(keys.messages(chatId), (list) => {
    const known = list?.pages.flatMap((page) => page.items).find(({ id }) => id === messageId);
    if (!known) return list;
    const { finishReason, context } = reply;
    const ending = { ...metadata, state, error, finishReason, context };
    return placeMessage(list, { ...known, content: [...content], ending });
  });
}

export const refreshChats = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['chats'] });
/** Reads the open chat again; the others when they are opened. */
export const refreshMessages = (): Promise<void> =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: ['messages'] }),
    queryClient.invalidateQueries({ queryKey: ['chat'] }),
  ]).then(() => {});
