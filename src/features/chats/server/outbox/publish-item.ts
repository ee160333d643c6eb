import { userTopic } from '#platform/live-bus/live-bus.ts';
import type { Services } from '#platform/services.ts';
import type { OutboxRow } from './outbox-row.ts';

/** An item is new or has changed. Every connection reads it for whom it is: it may be long. */
export type OutboxSaved = {
  readonly type: 'outbox_saved';
  readonly itemId: string;
  readonly chatId: string;
  /** The connection it came over, which has been answered already. */
  readonly from: string | null;
};

type Teller = Pick<Services, 'bus'>;
type Item = Pick<OutboxRow, 'id' | 'chatId' | 'userId'>;

/** Tells whose it is, wherever they are, of an item that is new or has changed. Call it after the commit. */
export function publishItem({ bus }: Teller, { id, chatId, userId }: Item, from: string | null = null): void {
  const message: OutboxSaved = { type: 'outbox_saved', itemId: id, chatId, from };
  bus.publish(userTopic(userId), message);
}

/** Tells them that an item is not in the outbox any more: it was sent, or taken back. */
export function publishDeletedItem({ bus }: Teller, { id, chatId, userId }: Item): void {
  bus.publish(userTopic(userId), { type: 'outbox_deleted', data: { chatId, id } });
}
