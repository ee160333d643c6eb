/** What the page does to the tree of a chat. All of it throws `ApiError`; what changed is read again where it cannot be told. */
import type { Message } from '#features/messages/messages.ts';
import type { NewRating } from '#features/messages/opinions.ts';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import type { Chat } from '../../chats.ts';
import { keys, receiveChat, receiveMessage, refreshBranch } from '../chat-cache.ts';
import { toPages, withWindow } from '../window/pages.ts';
import { readPage } from '../window/read-page.ts';

const pathOf = ({ id }: { id: string }): string => `/api/v1/messages/${id}`;

/** Deletes one message; what follows it stays. */
export async function deleteMessage(message: Message): Promise<void> {
  await api<void>('DELETE', pathOf(message));
  await refreshBranch(message.chatId);
}

/** Undoes that. */
export async function restoreMessage(message: Message): Promise<void> {
  await api<Message>('POST', `${pathOf(message)}/restore`);
  await refreshBranch(message.chatId);
}

/** Leaves a message out of what models are told, or takes it in again. */
export async function exclude(message: Message, excluded: boolean): Promise<void> {
  receiveMessage(await api<Message>('PATCH', pathOf(message), { excluded }));
}

/** Keeps what the reader thinks of a reply. */
export async function rate(message: Message, given: NewRating): Promise<void> {
  const rating = await api<Message['rating']>('PUT', `${pathOf(message)}/rating`, given);
  const taken = given.value === null && given.tags.length === 0 && given.comment === '';
  receiveMessage({ ...message, rating: taken ? null : rating });
}

/** Writes a message as the reader would have it, under an id of its own; that one is shown from now on, and nothing answers it. */
export async function rewrite(message: Message, content: string, id: string): Promise<void> {
  await api<Message>('POST', `${pathOf(message)}/edit`, { id, content });
  await readBranch(message.chatId, id);
}

/** Makes a chat of its own with all that led to a message. */
export async function fork(message: Message): Promise<Chat> {
  const chat = await api<Chat>('POST', `${pathOf(message)}/fork`);
  receiveChat(chat);
  return chat;
}

/** Goes to another branch: to what was seen last below a message. */
export async function showBranch(chatId: string, messageId: string): Promise<void> {
  receiveChat(await api<Chat>('PATCH', `/api/v1/chats/${chatId}`, { leafMessageId: messageId }));
  await readBranch(chatId, messageId);
}

/** Reads the end of the shown branch and what stands around `messageId`, and shows both once they are there. */
export async function readBranch(chatId: string, messageId: string): Promise<void> {
  const end = await readPage(chatId, {});
  const isThere = end.items.some(({ id }) => id === messageId);
  const window = isThere ? null : await readPage(chatId, { around: messageId });
  await queryClient.cancelQueries({ queryKey: keys.messages(chatId) });
  queryClient.setQueryData(keys.messages(chatId), window ? withWindow(end, [window]) : toPages([end]));
}
