/** What stands around a message far up in a chat, read and drawn without all that stands below it. */
import type { Message } from '#features/messages/messages.ts';
import { ApiError } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import { keys, refreshBranch } from '../chat-cache.ts';
import type { Page, Pages } from '../list-pages.ts';
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
  const first = end?.items[0]?.id;
  if (!end?.gap || !end.nextCursor || !first) return;
  const from = end.nextCursor;
  const read = readPage(chatId, side === 'above' ? { from } : { before: first });
  const page = await read.catch((error: unknown) => {
    // The message is gone, or on another branch by now: the chat is read as it is.
    if (!(error instanceof ApiError) || error.status !== 400) throw error;
    return null;
  });
  const [now, ...window] = pagesOf(chatId) ?? [];
  if (now?.nextCursor !== from || now.items[0]?.id !== first) return;
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

/** The end of a branch that was read again, before the same window as `last`, if that is still on the branch and not reached. */
export async function keepGap(
  chatId: string,
  { nextCursor }: Page<Message>,
  page: Page<Message>,
): Promise<Page<Message>> {
  if (!nextCursor || page.items.some(({ id }) => id === nextCursor)) return page;
  const still = await readPage(chatId, { from: nextCursor }).catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.status !== 400) throw error;
    return null;
  });
  return still ? { ...page, nextCursor, gap: true } : page;
}
