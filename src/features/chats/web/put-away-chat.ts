/** Archiving and deleting chats, each with a way back. */
import { ApiError, api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import { toast } from '#web/ui/toast.tsx';
import type { Chat } from '../chats.ts';
import { changeChat } from './change-chat.ts';
import { dropChat, keys, receiveChat, refreshChats } from './chat-cache.ts';

/** The words a change needs, in the user's language. */
export type ChangeWords = { done: string; undo: string; failed: (detail: string) => string };

/** Deletes a chat, with a way back for as long as the note stands; there is none to a temporary one. */
export async function deleteChat(chat: Chat, words: ChangeWords): Promise<void> {
  dropChat(chat.id);
  try {
    await api<void>('DELETE', `/api/v1/chats/${chat.id}`);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) {
      receiveChat(chat);
      return toast(words.failed(error instanceof Error ? error.message : ''));
    }
  }
  toast(
    words.done,
    chat.temporary ? undefined : { label: words.undo, run: () => void restoreChat(chat, words) },
  );
}

async function restoreChat(chat: Chat, words: ChangeWords): Promise<void> {
  try {
    await api<void>('POST', `/api/v1/chats/${chat.id}/restore`);
    receiveChat(chat);
    await queryClient.invalidateQueries({ queryKey: keys.messages(chat.id) });
  } catch (error) {
    toast(words.failed(error instanceof Error ? error.message : ''));
    await refreshChats();
  }
}

/** Puts a chat into the archive or takes it out, with a way back. */
export async function archiveChat(chat: Chat, archived: boolean, words: ChangeWords): Promise<void> {
  try {
    await changeChat(chat, { archived });
    toast(words.done, {
      label: words.undo,
      run: () => void changeChat({ ...chat, archived }, { archived: !archived }).catch(() => refreshChats()),
    });
  } catch (error) {
    toast(words.failed(error instanceof Error ? error.message : ''));
  }
}
