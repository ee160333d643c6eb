import type { Queryable } from '#platform/database/database.ts';
import { PAGE_BYTES } from '#platform/database/page-bytes.ts';
import { invalidInput } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import { say } from '#platform/say.ts';
import type { OutboxItem, OutboxQuery } from '../../outbox.ts';
import { chatFor, ownPlaces } from '../access.ts';
import { readItem } from './items-of-chat.ts';
import { presentItem } from './present-item.ts';

/**
 * The asker's own items in a chat, in the order of sending. A page ends at `limit` items or 2 MiB of content, whichever comes first. 400
 * for a cursor that is none.
 */
export async function listItems(
  db: Queryable,
  asker: Principal,
  chatId: string,
  { limit, cursor }: OutboxQuery,
): Promise<{ items: OutboxItem[]; nextCursor: string | null }> {
  if (cursor !== undefined && !/^-?\d{1,9}$/.test(cursor))
    throw invalidInput('cursor', say('cursor_unknown'));
  await chatFor(db, asker, chatId, 'read');
  const places = await ownPlaces(db, asker, chatId);
  const start = cursor === undefined ? 0 : places.findIndex(({ position }) => position > Number(cursor));
  const items: OutboxItem[] = [];
  let bytes = 0;
  let last: number | null = null;
  for (const [index, place] of places.entries()) {
    if (start < 0 || index < start) continue;
    bytes += place.bytes;
    if (items.length === limit || (items.length > 0 && bytes > PAGE_BYTES))
      return { items, nextCursor: String(last) };
    // One that is sent meanwhile is missing.
    const row = await readItem(db, place.id);
    if (row) items.push(presentItem(row, index));
    last = place.position;
  }
  return { items, nextCursor: null };
}
