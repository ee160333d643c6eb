import { growStorage } from '#features/accounts/server/index.ts';
import { type AfterCommit, inTransaction, type Tx } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { toParts } from '../../chats.ts';
import type { OutboxItem, OutboxPatch } from '../../outbox.ts';
import { ownPlaces } from '../access.ts';
import { checkContent } from '../send-message.ts';
import { readItem } from './items-of-chat.ts';
import { lockedItem } from './own-item.ts';
import { presentPlaced } from './present-item.ts';
import { publishItem } from './publish-item.ts';

/**
 * Changes what an item says, and its place among the asker's own in that chat; others' keep theirs. 404 for one that was sent, 413 and 400
 * for content as with a message, 403 `storage_limit`.
 */
export async function changeItem(
  services: Services,
  asker: Principal,
  itemId: string,
  { content, position }: OutboxPatch,
): Promise<OutboxItem> {
  const parts = content === undefined ? undefined : toParts(content);
  if (parts) checkContent(parts);
  return inTransaction(services.db, async (tx, afterCommit) => {
    const { item } = await lockedItem(tx, asker, itemId);
    if (parts)
      await tx.query('UPDATE outbox SET content = $2 WHERE id = $1', [itemId, JSON.stringify(parts)]);
    const changed = (await readItem(tx, itemId))!;
    if (parts) await growStorage(tx, asker, { bytes: changed.bytes - item.bytes });
    afterCommit(() => publishItem(services, item));
    if (position !== undefined) await move(tx, services, asker, changed, position, afterCommit);
    return presentPlaced(tx, asker, (await readItem(tx, itemId))!);
  });
}

type Moved = Pick<OutboxItem, 'id' | 'chatId'>;

/** Gives the asker's items the same places in another order. */
async function move(
  tx: Tx,
  services: Services,
  asker: Principal,
  { id, chatId }: Moved,
  to: number,
  afterCommit: AfterCommit,
): Promise<void> {
  const places = await ownPlaces(tx, asker, chatId);
  const order = places.map((place) => place.id).filter((other) => other !== id);
  order.splice(to, 0, id);
  const moved = order
    .map((other, index) => ({ id: other, position: places[index]!.position }))
    .filter((place, index) => place.id !== places[index]!.id);
  await tx.query(
    `UPDATE outbox o SET position = moved.position
     FROM unnest($1::uuid[], $2::int[]) AS moved(id, position) WHERE o.id = moved.id`,
    [moved.map((place) => place.id), moved.map((place) => place.position)],
  );
  const { userId } = asker;
  afterCommit(() => {
    for (const place of moved) if (place.id !== id) publishItem(services, { id: place.id, chatId, userId });
  });
}
