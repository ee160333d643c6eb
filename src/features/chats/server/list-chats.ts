import { and, arrayContains, desc, eq, getTableColumns, lte, or, type SQL, sql } from 'drizzle-orm';
import { exactTime, readCursor, writeCursor } from '#platform/database/activity-cursor.ts';
import type { Db } from '#platform/database/database.ts';
import { containing } from '#platform/database/like.ts';
import { PAGE_BYTES } from '#platform/database/page-bytes.ts';
import type { Principal } from '#platform/principal.ts';
import type { ChatFilter } from '../chats.ts';
import { listedFor, whereWordsAre } from './access.ts';
import type { ChatRow } from './present-chat.ts';
import { chats } from './tables.ts';

/**
 * A page of the chats listed for the asker, newest activity first: their own, or with `projectId` those of the project. Continues after a place in the order instead of skipping
 * rows, so that every page of a list of any length costs the same; it ends early where it would become too large. 400 for a
 * cursor that is none.
 */
export async function listChats(
  db: Db,
  asker: Principal,
  filter: ChatFilter,
): Promise<{ items: ChatRow[]; nextCursor: string | null }> {
  const next = db
    .select({
      ...getTableColumns(chats),
      exactActiveAt: EXACT_ACTIVE_AT.as('exact_active_at'),
      bytes: BYTES.as('bytes'),
    })
    .from(chats)
    .where(and(listedFor(asker, filter.projectId), ...matching(asker, filter), ...after(filter.cursor)))
    .orderBy(desc(chats.activeAt), desc(chats.id))
    // One more than asked for tells whether there is a next page.
    .limit(filter.limit + 1)
    .as('next');
  const measured = db
    .select({
      ...next._.selectedFields,
      upTo: sql<number>`sum(${next.bytes}) OVER (ORDER BY ${next.activeAt} DESC, ${next.id} DESC)`.as(
        'up_to',
      ),
      place: sql<number>`row_number() OVER (ORDER BY ${next.activeAt} DESC, ${next.id} DESC)`.as('place'),
      found: sql<number>`count(*) OVER ()`.as('found'),
    })
    .from(next)
    .as('measured');
  const rows = await db
    .select()
    .from(measured)
    .where(or(eq(measured.place, 1), lte(measured.upTo, PAGE_BYTES)))
    .orderBy(measured.place);
  const items = rows.slice(0, filter.limit);
  const last = items.at(-1);
  const more = last && last.found > items.length;
  return { items, nextCursor: more ? writeCursor({ activeAt: last.exactActiveAt, id: last.id }) : null };
}

const BYTES = sql<number>`octet_length(${chats.description}) + octet_length(${chats.metadata}::text)`;

const EXACT_ACTIVE_AT = sql<string>`${sql.raw(exactTime('"chats"."active_at"'))}`;

const after = (cursor: string | undefined): SQL[] => {
  if (!cursor) return [];
  const { activeAt, id } = readCursor(cursor);
  return [sql`(${chats.activeAt}, ${chats.id}) < (${activeAt}::timestamptz, ${id}::uuid)`];
};

/** What a filter asks for, whichever page of it. */
export function matching(
  asker: Principal,
  { archived, projectId, tag, q }: Omit<ChatFilter, 'limit' | 'cursor'>,
): SQL[] {
  const found: SQL[] = [];
  if (archived !== 'all') found.push(eq(chats.archived, archived === 'true'));
  if (tag) found.push(arrayContains(chats.tags, [tag]));
  if (q) found.push(whereWordsAre(asker, projectId, containing(q)));
  return found;
}
