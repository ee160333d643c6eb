import type { Queryable } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { OutboxItem } from '../../outbox.ts';
import { findItem, ownPlaces } from '../access.ts';
import type { OutboxRow } from './outbox-row.ts';

/** An item as its person sees it; `position` is its place among theirs. */
export const presentItem = (row: OutboxRow, position: number): OutboxItem => ({
  id: row.id,
  chatId: row.chatId,
  replyId: row.replyId,
  content: row.content,
  position,
  state: row.state,
  error: row.error,
  modelId: row.input.modelId ?? null,
  createdAt: row.createdAt.toISOString(),
});

/** The same, with its place looked up. */
export async function presentPlaced(db: Queryable, asker: Principal, row: OutboxRow): Promise<OutboxItem> {
  const places = await ownPlaces(db, asker, row.chatId);
  return presentItem(
    row,
    Math.max(
      0,
      places.findIndex(({ id }) => id === row.id),
    ),
  );
}

/** An item for another connection of its person; null when it is not there for them any more. */
export async function readShownItem(
  db: Queryable,
  asker: Principal,
  itemId: string,
): Promise<OutboxItem | null> {
  const row = await findItem(db, asker, itemId, 'read');
  return row && presentPlaced(db, asker, row);
}
