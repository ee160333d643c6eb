import type { Message } from '#features/messages/messages.ts';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import { keys } from '../chat-cache.ts';
import type { Page, Pages } from '../list-pages.ts';

/** Drawn within a frame or two. */
const LIMIT = 100;

/** Reads the shown branch further up, page by page, until a message is there; what is read meanwhile by itself is gone on from. */
export async function readOlder(chatId: string, messageId: string): Promise<void> {
  const key = keys.messages(chatId);
  for (;;) {
    const last = queryClient.getQueryData<Pages<Message>>(key)?.pages.at(-1);
    if (!last?.nextCursor || last.items.some(({ id }) => id === messageId)) return;
    const query = new URLSearchParams({ limit: String(LIMIT), before: last.nextCursor });
    const page: Page<Message> = await api('GET', `/api/v1/chats/${chatId}/messages?${query}`);
    queryClient.setQueryData<Pages<Message>>(key, (known) =>
      known?.pages.at(-1)?.nextCursor === last.nextCursor
        ? { pages: [...known.pages, page], pageParams: [...known.pageParams, last.nextCursor] }
        : known,
    );
    await new Promise((next) => requestAnimationFrame(next));
  }
}
