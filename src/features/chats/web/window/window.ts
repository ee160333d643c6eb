/** What stands around a message far up in a chat, read and drawn without all that stands below it. */
import type { Message } from '#features/messages/messages.ts';
import { ApiError } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import { keys, refreshBranch } from '../chat-cache.ts';
import type { Pages } from '../list-pages.ts';
import { gaps } from '../use-chats.ts';
import { withWindow } from './pages.ts';
import { readPage } from './read-page.ts';

const pagesOf = (chatId: string) => queryClient.getQueryData<Pages<Message>>(keys.messages(chatId))?.pages;
const put = (chatId: string, pages: Pages<Message>) => queryClient.setQueryData(keys.messages(chatId), pages);

/** Puts a window around a message above the end of the shown branch, in the place of what else was read. */
export async function openWindow(chatId: string, messageId: string): Promise<void> {
  const window = await readPage(chatId, { around: messageId });
  const end = pagesOf(chatId)?.[0];
  if (end) put(chatId, withWindow(end, [window]));
}

/** Reads a page into the gap: what follows what stands above it, or what leads to what stands below. */
export async function fillGap(chatId: string, side: 'above' | 'below'): Promise<void> {
  const [end] = pagesOf(chatId) ?? [];
  const [from, first] = [end?.nextCursor, end?.gap];
  if (!from || !first) return;
  const read = readPage(chatId, side === 'above' ? { from } : { before: first });
  const page = await read.catch((error: unknown) => {
    // The message is gone, or on another branch by now: the chat is read as it is.
    if (!(error instanceof ApiError) || error.status !== 400) throw error;
    return null;
  });
  const [now, ...window] = pagesOf(chatId) ?? [];
  if (now?.nextCursor !== from || now.gap !== first) return;
  if (!page) {
    put(chatId, withWindow(now, [{ items: [], nextCursor: null }]));
    await refreshBranch(chatId);
  } else if (side === 'above') put(chatId, withWindow(now, [page, ...window]));
  else {
    const [newest, ...older] = window;
    const end = { ...now, items: [...page.items, ...now.items] };
    put(chatId, withWindow(end, [{ ...newest!, newerCursor: from }, ...older]));
  }
}

/** The end of a branch that was read again, before the window that was there, if that is still on the branch and not reached. */
gaps.keep = async (chatId, before, end) => {
  const last = chatId && before === null ? pagesOf(chatId)?.[0] : null;
  const [from, first] = [last?.nextCursor, end.items[0]];
  if (!chatId || !last?.gap || !from || !first || end.items.some(({ id }) => id === from)) return end;
  const still = await readPage(chatId, { from }).catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.status !== 400) throw error;
    return null;
  });
  return still ? { ...end, nextCursor: from, gap: first.id } : end;
};
