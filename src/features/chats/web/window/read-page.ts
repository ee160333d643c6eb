import type { Message } from '#features/messages/messages.ts';
import { api } from '#web/api/http.ts';
import type { Page } from '../list-pages.ts';

/** A page that need not end where the branch does; `newerCursor`: the message with which the next one below it begins. */
export type InnerPage = Page<Message> & { newerCursor?: string | null };
type Place = { before?: string; from?: string; around?: string };

/** As many as are read when a chat is opened, so that what is read again covers what was there. */
const LIMIT = '50';

/** Reads a page of the shown branch, the last one unless told where. */
export const readPage = (chatId: string, place: Place): Promise<InnerPage> =>
  api('GET', `/api/v1/chats/${chatId}/messages?${new URLSearchParams({ limit: LIMIT, ...place })}`);
