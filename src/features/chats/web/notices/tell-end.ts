/** What is said when a reply has ended elsewhere than where one looks, and where: on the page, or by the browser. */
import type { GenerationState } from '#features/generations/generations.ts';
import { type LiveReply, runningIn, useReplies } from '#features/generations/web/index.ts';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import { ownerId } from '#web/kept/kept.ts';
import { usePreferences } from '#web/preferences.ts';
import { toast } from '#web/ui/toast.tsx';
import type { Chat } from '../../chats.ts';
import { keys } from '../chat-cache.ts';
import { allTabs, isLookedAt, isTellingTab } from './presence.ts';
import { claimTelling } from './told.ts';

type Say = {
  /** `ended`: completed; `broken`: it did not. */
  text: (kind: 'ended' | 'broken', chat: Chat) => string;
  open: string;
  go: (chatId: string) => void;
};

/** What somebody has stopped needs no telling. */
const UNTOLD: readonly GenerationState[] = ['cancelled'];

/** Tells of a reply that has ended, once over all tabs, as its reader prefers. */
export async function tellEnd({ generationId, chatId, reply }: LiveReply, say: Say): Promise<void> {
  if (chatId === null || UNTOLD.includes(reply.state) || usePreferences.getState().whenEnded === 'off')
    return;
  // Of several that are compared, and of those that follow one another at once, the last one is told of.
  if (runningIn(useReplies.getState().replies, chatId).length > 0) return;
  const tabs = allTabs();
  if (isLookedAt(tabs, chatId) || !isTellingTab(tabs) || !claimTelling(generationId)) return;
  const chat = await readChat(chatId);
  // In a shared chat of somebody else's, most replies are to others.
  if (!chat || chat.authorId !== ownerId()) return;
  const text = say.text(reply.state === 'completed' ? 'ended' : 'broken', chat);
  const go = () => say.go(chatId);
  if (
    usePreferences.getState().whenEnded === 'desktop' &&
    !document.hasFocus() &&
    notify(text, generationId, go)
  )
    return;
  toast(text, { label: say.open, run: go }, true);
}

/** The chat as it is known, else as the server says; null where it is gone. */
const readChat = (chatId: string): Promise<Chat | null> =>
  queryClient
    .ensureQueryData<Chat | null>({
      queryKey: keys.chat(chatId),
      queryFn: () => api<Chat>('GET', `/api/v1/chats/${chatId}`),
    })
    .catch(() => null);

/** Has the browser tell it; false where it does not: some have notifications for apps alone, and refuse by throwing. */
function notify(text: string, tag: string, go: () => void): boolean {
  if (!('Notification' in window) || Notification.permission !== 'granted') return false;
  try {
    const shown = new Notification('Parley', { body: text, tag, icon: './favicon.svg' });
    shown.onclick = () => {
      window.focus();
      shown.close();
      go();
    };
    return true;
  } catch {
    return false;
  }
}
