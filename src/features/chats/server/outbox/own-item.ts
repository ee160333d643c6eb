import type { Tx } from '#platform/database/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import { findItem, lockChat } from '../access.ts';
import type { ChatRow } from '../present-chat.ts';
import { say } from '../say.ts';
import type { OutboxRow } from './outbox-row.ts';

/**
 * An item of the asker's, and its chat, which is locked to the end of the transaction. The item is as it is under the lock: null when
 * it was sent or taken back just before. 403 for who may only read there by now.
 */
export async function lockItem(
  tx: Tx,
  asker: Principal,
  itemId: string,
): Promise<{ chat: ChatRow; item: OutboxRow } | null> {
  const found = await findItem(tx, asker, itemId, 'write');
  if (!found) return null;
  const chat = await lockChat(tx, asker, found.chatId, 'write');
  const item = await findItem(tx, asker, itemId, 'write');
  return item && { chat, item };
}

/** The same, or 404. */
export async function lockedItem(
  tx: Tx,
  asker: Principal,
  itemId: string,
): Promise<{ chat: ChatRow; item: OutboxRow }> {
  const found = await lockItem(tx, asker, itemId);
  if (!found) throw notFound(say('no_such_item'));
  return found;
}
