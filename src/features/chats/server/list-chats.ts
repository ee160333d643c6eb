import { and, arrayContains, desc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#platform/database/database.ts';
import { containing } from '#platform/database/like.ts';
import type { Principal } from '#platform/principal.ts';
import type { ChatFilter } from '../chats.ts';
import { listedFor } from './access.ts';
import { readCursor, writeCursor } from './chat-cursor.ts';
import type { ChatRow } from './present-chat.ts';
import { chats } from './tables.ts';

/**
 * A page of the chats listed for the asker, newest activity first. Continues after a place in the order instead of skipping
 * rows, so that every page of a list of any length costs the same. 400 for a cursor that is none.
 */
export async function listChats(
  db: Db,
  asker: Principal,
  filter: ChatFilter,
): Promise<{ items: ChatRow[]; nextCursor: string | null }> {
  const rows = await db
    .select({ ...getTableColumns(chats), exactActiveAt: EXACT_ACTIVE_AT })
    .from(chats)
    .where(and(listedFor(asker), ...conditions(filter)))
    .orderBy(desc(chats.activeAt), desc(chats.id))
    // One more than asked for tells whether there is a next page.
    .limit(filter.limit + 1);
  const items = rows.slice(0, filter.limit);
  const last = items.at(-1);
  const more = rows.length > filter.limit && last;
  return { items, nextCursor: more ? writeCursor({ activeAt: last.exactActiveAt, id: last.id }) : null };
}

/** To the microsecond, as PostgreSQL orders; a JavaScript date would round and skip or repeat chats. */
const EXACT_ACTIVE_AT = sql<string>`to_char(${chats.activeAt} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

function conditions({ cursor, archived, projectId, tag, q }: ChatFilter): SQL[] {
  const found: SQL[] = [];
  if (cursor) {
    const { activeAt, id } = readCursor(cursor);
    found.push(sql`(${chats.activeAt}, ${chats.id}) < (${activeAt}::timestamptz, ${id}::uuid)`);
  }
  if (archived !== 'all') found.push(eq(chats.archived, archived === 'true'));
  if (projectId) found.push(eq(chats.projectId, projectId));
  if (tag) found.push(arrayContains(chats.tags, [tag]));
  if (q) {
    const pattern = containing(q);
    found.push(sql`(${chats.title} ILIKE ${pattern} OR ${chats.description} ILIKE ${pattern}
      OR EXISTS (SELECT FROM unnest(${chats.tags}) AS tag WHERE tag ILIKE ${pattern}))`);
  }
  return found;
}
