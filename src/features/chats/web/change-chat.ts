/** Changing chats: shown at once, undone when the server refuses. */
import { refreshLayered } from '#features/settings/web/index.ts';
import { api } from '#web/api/http.ts';
import type { Chat, ChatPatch } from '../chats.ts';
import { receiveChat } from './chat-cache.ts';

/** Saves some fields of a chat. On refusal everything is as before, and the error is thrown. */
export async function changeChat(chat: Chat, changes: ChatPatch): Promise<void> {
  receiveChat({ ...chat, ...changes } as Chat);
  try {
    receiveChat(await api<Chat>('PATCH', `/api/v1/chats/${chat.id}`, changes));
    refreshLayered();
  } catch (error) {
    receiveChat(chat);
    throw error;
  }
}
