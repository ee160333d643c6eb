/** What waits in a chat, whoever's it is: looked at and moved on together, under the lock on the chat. */
import type { AfterCommit, Queryable, Tx } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import type { Services } from '#platform/services.ts';
import type { HeldReason } from '../../outbox.ts';
import { type OutboxRow, outboxColumns } from './outbox-row.ts';
import { publishItem } from './publish-item.ts';

/** An item, without what it says. */
export type ItemPlace = Pick<OutboxRow, 'id' | 'chatId' | 'userId' | 'state'>;

/** All items of a chat in the order of sending. */
export async function itemsOfChat(db: Queryable, chatId: string): Promise<ItemPlace[]> {
  const { rows } = await db.query({
    name: 'outbox-of-chat',
    text: 'SELECT id, chat_id, user_id, state FROM outbox WHERE chat_id = $1 ORDER BY position',
    values: [chatId],
  });
  return rows.map((row) => camelRow<ItemPlace>(row));
}

/** Those of them that wait for a reply to end. */
export const waitingIn = async (db: Queryable, chatId: string): Promise<ItemPlace[]> =>
  (await itemsOfChat(db, chatId)).filter(({ state }) => state === 'waiting');

/** One item, whoever's it is: authorise before. */
export async function readItem(db: Queryable, itemId: string): Promise<OutboxRow | null> {
  const { rows } = await db.query({
    name: 'outbox-item',
    text: `SELECT ${outboxColumns('o')} FROM outbox o WHERE o.id = $1`,
    values: [itemId],
  });
  return rows[0] ? camelRow(rows[0]) : null;
}

/** Holds items back until their person sends them on, and says why. */
export async function holdItems(
  tx: Tx,
  services: Pick<Services, 'bus'>,
  items: readonly ItemPlace[],
  error: HeldReason,
  afterCommit: AfterCommit,
): Promise<void> {
  await setState(tx, services, items, { state: 'held', error }, afterCommit);
}

/** Lets items that were held wait for their turn again. */
export async function releaseItems(
  tx: Tx,
  services: Pick<Services, 'bus'>,
  items: readonly ItemPlace[],
  afterCommit: AfterCommit,
): Promise<void> {
  await setState(tx, services, items, { state: 'waiting', error: null }, afterCommit);
}

async function setState(
  tx: Tx,
  services: Pick<Services, 'bus'>,
  items: readonly ItemPlace[],
  { state, error }: Pick<OutboxRow, 'state' | 'error'>,
  afterCommit: AfterCommit,
): Promise<void> {
  if (items.length === 0) return;
  await tx.query('UPDATE outbox SET state = $2, error = $3 WHERE id = ANY($1)', [
    items.map(({ id }) => id),
    state,
    error && JSON.stringify(error),
  ]);
  afterCommit(() => {
    for (const item of items) publishItem(services, item);
  });
}
