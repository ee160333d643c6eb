/** What a person does with a message that waits. Each throws `ApiError` when it is refused; then all is as it was. */
import { api } from '#web/api/http.ts';
import type { OutboxItem } from '../../outbox.ts';
import { receiveItem } from '../chat-cache.ts';
import { acknowledgeAll, type Taken } from '../outgoing.ts';
import { dropItem } from './use-outbox.ts';

const path = ({ id }: OutboxItem): string => `/api/v1/outbox/${id}`;

/** Changes what it says. */
export async function rewriteItem(item: OutboxItem, content: string): Promise<void> {
  receiveItem(await api<OutboxItem>('PATCH', path(item), { content }));
}

/** Puts it elsewhere in the order, shown at once. */
export async function moveItem(item: OutboxItem, position: number): Promise<void> {
  receiveItem({ ...item, position });
  try {
    receiveItem(await api<OutboxItem>('PATCH', path(item), { position }));
  } catch (error) {
    receiveItem(item);
    throw error;
  }
}

/** Takes it back for good. */
export async function deleteItem(item: OutboxItem): Promise<void> {
  await api('DELETE', path(item));
  dropItem(item.chatId, item.id);
}

/** Sends it now: in the place of the reply that is being written, if one is; else the others go on after its reply. */
export async function sendItem(item: OutboxItem, generating: boolean): Promise<void> {
  const { id, chatId, content } = item;
  const taken = generating
    ? await api<Taken>('POST', `/api/v1/chats/${chatId}/messages`, { id, content, when: 'interrupt' })
    : await api<Taken>('POST', `${path(item)}/send`);
  if (taken.outbox) return receiveItem(taken.outbox);
  dropItem(chatId, id);
  acknowledgeAll(taken);
}
