/** What waits in a chat, as the server has it: read once the chat is open, then kept true by live frames. */
import { useQuery } from '@tanstack/react-query';
import { onFrame } from '#features/generations/web/index.ts';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import type { OutboxItem } from '../../outbox.ts';
import { keys, receiveItem } from '../chat-cache.ts';
import type { Page } from '../list-pages.ts';

onFrame('outbox_saved', ({ item }) => receiveItem(item as OutboxItem));
onFrame('outbox_deleted', ({ chatId, id }) => dropItem(String(chatId), String(id)));
/** The items of a chat in the order of sending. */
export const useOutbox = (chatId: string) =>
  useQuery({ queryKey: keys.outbox(chatId), queryFn: () => readAll(chatId) });

async function readAll(chatId: string): Promise<OutboxItem[]> {
  const items: OutboxItem[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const from: string = cursor && `?cursor=${cursor}`;
    const page: Page<OutboxItem> = await api('GET', `/api/v1/chats/${chatId}/outbox${from}`);
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

/** An item was sent or taken back. */
export function dropItem(chatId: string, id: string): void {
  queryClient.setQueryData<OutboxItem[]>(keys.outbox(chatId), (items) =>
    items?.filter((item) => item.id !== id),
  );
}
