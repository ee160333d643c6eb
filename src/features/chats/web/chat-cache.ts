/** The chats and messages this page holds, and how answers and live events change them. */

import { isTerminalState } from '#features/generations/rules.ts';
import { asEnded, endedAs, type LiveReply } from '#features/generations/web/index.ts';
import type { Message } from '#features/messages/messages.ts';
import { queryClient } from '#web/api/query-client.ts';
import { ownerId } from '#web/kept/kept.ts';
import type { Chat } from '../chats.ts';
import type { OutboxItem } from '../outbox.ts';
import { type Pages, placeChat, placeMessage, placeSent, replaceChat, withoutChat } from './list-pages.ts';

export const keys = {
  /** `pinned`: only those that are, or are not; null: both. */
  chats: (archived: boolean, search = '', projectId: string | null = null, pinned: boolean | null = null) =>
    ['chats', archived, search, projectId, pinned] as const,
  /** What filters have found; without them all that is held. */
  found: (query?: string) => ['chats', 'found', ...(query === undefined ? [] : [query])] as const,
  tags: ['tags'] as const,
  chat: (chatId: string) => ['chat', chatId] as const,
  messages: (chatId: string) => ['messages', chatId] as const,
  tree: (chatId: string) => ['tree', chatId] as const,
  outbox: (chatId: string) => ['outbox', chatId] as const,
};

/** Has what is held under a key read again: at once where it is on the screen, else when it is. */
const reread = (queryKey: readonly unknown[]): Promise<void> => queryClient.invalidateQueries({ queryKey });

/** Puts a chat where it belongs: first in its list when it is new or was active, in its place otherwise. */
export function receiveChat(chat: Chat): void {
  const known = queryClient.getQueryData<Chat | null>(keys.chat(chat.id));
  queryClient.setQueryData(keys.chat(chat.id), chat);
  if (String(known?.tags) !== String(chat.tags)) void reread(keys.tags);
  changeFound((list, query) =>
    stillFound(query, chat) ? replaceChat(list, chat) : withoutChat(list, chat.id),
  );
  changeLists((list, key) => (isListed(key, chat) ? placeChat(list, chat) : withoutChat(list, chat.id)));
}

/** Whether a chat belongs in a list: of the own chats, or of a project's. */
const isListed = ([, archived, , projectId, pinned]: readonly unknown[], chat: Chat): boolean =>
  !chat.temporary &&
  archived === chat.archived &&
  (pinned === null || pinned === chat.pinned) &&
  (projectId ? projectId === chat.projectId : chat.authorId === ownerId());

/** Changes every list that is held, but for what a search has found. */
function changeLists(change: (list: Pages<Chat>, key: readonly unknown[]) => Pages<Chat>): void {
  for (const [key, list] of queryClient.getQueriesData<Pages<Chat>>({ queryKey: ['chats'] }))
    if (list && !key[2]) queryClient.setQueryData(key, change(list, key));
}

/** Changes every list that filters have found; by the keys of the interface. */
function changeFound(change: (list: Pages<Chat>, query: URLSearchParams) => Pages<Chat>): void {
  for (const [key, list] of queryClient.getQueriesData<Pages<Chat>>({ queryKey: keys.found() }))
    if (list) queryClient.setQueryData(key, change(list, new URLSearchParams(String(key[2]))));
}

/** Whether a chat that was found still has its place there, by what changes most. */
function stillFound(query: URLSearchParams, chat: Chat): boolean {
  const [archived, pinned, projectId] = ['archived', 'pinned', 'projectId'].map((key) => query.get(key));
  return (
    (archived === 'all' || String(chat.archived) === (archived ?? 'false')) &&
    (pinned === null || String(chat.pinned) === pinned) &&
    (projectId === null || chat.projectId === projectId)
  );
}

/** Takes a deleted chat out of the lists. Its messages stay until they are collected, for an undo. */
export function dropChat(chatId: string): void {
  queryClient.setQueryData(keys.chat(chatId), null);
  changeLists((list) => withoutChat(list, chatId));
  changeFound((list) => withoutChat(list, chatId));
}

/** A send was accepted, here or in another tab: both messages take their place in the chat. */
export function receiveSent(message: Message, reply: Message, chat?: Chat): void {
  if (chat) receiveChat(chat);
  treeChanged(message.chatId);
  // Of several that are compared the first is shown, and the others are read beside it.
  if (reply.compared && reply.compared.ids[0] !== reply.id) return;
  const key = keys.messages(message.chatId);
  const fresh = chat !== undefined && message.parentId === null;
  const known = queryClient.getQueryData<Pages<Message>>(key);
  if (!known && !fresh) return;
  const start: Pages<Message> = known ?? { pages: [{ items: [], nextCursor: null }], pageParams: [null] };
  const both = placeSent(placeSent(start, message), asEnded(reply));
  if (both) queryClient.setQueryData(key, both);
  else void reread(key);
}

/** A message waits on the server, perhaps in another place than before. */
export function receiveItem(item: OutboxItem): void {
  queryClient.setQueryData<OutboxItem[]>(keys.outbox(item.chatId), (items) =>
    items?.filter(({ id }) => id !== item.id).toSpliced(item.position, 0, item),
  );
}

/** A message as the server has it now takes the place of the one known here; one beside those known changes which there are. */
export function receiveMessage(message: Message): void {
  const key = keys.messages(message.chatId);
  const list = queryClient.getQueryData<Pages<Message>>(key);
  const known = list?.pages.flatMap((page) => page.items).find(({ id }) => id === message.id);
  if (known) queryClient.setQueryData(key, placeMessage(list, message));
  // What is as it was tells only of what is the reader's own: nothing else moved.
  if (known?.parentId !== message.parentId) void refreshBranch(message.chatId);
}

/** How long the messages of a branch that another page went to may take to come by themselves, as those of a send do. */
const FOLLOW_MS = 300;

/** Shows the branch that a chat shows by now, here as well. */
export function followLeaf(chatId: string): void {
  const differs = () => {
    const chat = queryClient.getQueryData<Chat | null>(keys.chat(chatId));
    const list = queryClient.getQueryData<Pages<Message>>(keys.messages(chatId));
    return chat && list && chat.leafMessageId !== (list.pages[0]?.items.at(-1)?.id ?? null);
  };
  if (!differs()) return;
  setTimeout(() => {
    if (differs()) void refreshBranch(chatId);
  }, FOLLOW_MS);
}

/** Writes an ended reply into the stored messages, as the server has just done. */
export function storeReply({ chatId, messageId, reply }: LiveReply): void {
  if (!chatId || !messageId || !isTerminalState(reply.state)) return;
  queryClient.setQueryData<Pages<Message>>(keys.messages(chatId), (list) => {
    const known = list?.pages.flatMap((page) => page.items).find(({ id }) => id === messageId);
    return known ? placeMessage(list, endedAs(known, reply)) : list;
  });
  treeChanged(chatId);
}

export const refreshChats = (): Promise<void> => reread(['chats']);
export const refreshTags = (): Promise<void> => reread(keys.tags);
/** Reads the shown branch of a chat again. */
export function refreshBranch(chatId: string): Promise<void> {
  treeChanged(chatId);
  return reread(keys.messages(chatId));
}
/** Has the overview of a chat read again, where it is open. */
const treeChanged = (chatId: string) => void reread(keys.tree(chatId));
/** Reads the open chat again, with what waits there; the others when they are opened. */
export const refreshMessages = (): Promise<void> =>
  Promise.all([reread(['messages']), reread(['chat']), reread(['outbox'])]).then(() => {});
