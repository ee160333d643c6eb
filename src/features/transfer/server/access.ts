/** Whose chats, and what of them, an export tells: the one place that decides. */

import { asc } from 'drizzle-orm';
import { matching } from '#features/chats/server/index.ts';
import { chats } from '#features/chats/server/tables.ts';
import { mayWithChat } from '#features/projects/server/index.ts';
import { type Queryable, type Tx, typed } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { ListExportQuery } from '../transfer.ts';

/** The ids of the chats that a list with this filter shows the asker, oldest first. */
export async function chatsToExport(
  tx: Tx,
  asker: Principal,
  filter: Omit<ListExportQuery, 'format' | 'language'>,
): Promise<string[]> {
  const rows = await typed(tx)
    .select({ id: chats.id })
    .from(chats)
    .where(matching(asker, filter))
    .orderBy(asc(chats.createdAt), asc(chats.id));
  return rows.map(({ id }) => id);
}

/** Of these chats those that the asker may read, oldest first; others, deleted and temporary ones are left out as if they were not there. */
export async function chosenToExport(tx: Tx, asker: Principal, ids: readonly string[]): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>({
    name: 'export-chosen',
    text: `SELECT c.id FROM chats c WHERE c.id = ANY($2::uuid[]) AND c.deleted_at IS NULL AND NOT c.temporary
             AND ${mayWithChat('read', 'c', '$1')} ORDER BY c.created_at, c.id`,
    values: [asker.userId, ids],
  });
  return rows.map(({ id }) => id);
}

/** SQL: what user `$1` thinks of message `m`, and nobody else does. */
export const OWN_RATING = 'r.message_id = m.id AND r.user_id = $1';
/** SQL: what the same said of the replies to it. */
export const OWN_PREFERENCES = 'p.user_message_id = m.id AND p.user_id = $1';

/** Which of these ids chats have, and whether they are the asker's own; of those, also the one that came from elsewhere as `knownAs`. */
export async function chatsWithIds(
  db: Queryable,
  asker: Pick<Principal, 'userId'>,
  ids: readonly string[],
  knownAs: { id: string; format: string } | null,
): Promise<{ id: string; isOwn: boolean; isDeleted: boolean; archived: boolean }[]> {
  const { rows } = await db.query<{ id: string; isOwn: boolean; isDeleted: boolean; archived: boolean }>({
    name: 'chats-with-ids',
    text: `SELECT id, user_id = $1 AS "isOwn", deleted_at IS NOT NULL AS "isDeleted", archived
           FROM chats WHERE id = ANY($2::uuid[])
           UNION SELECT id, true, deleted_at IS NOT NULL, archived FROM chats
           WHERE user_id = $1 AND original_id = $3 AND ($4::text = 'parley' OR origin->>'format' = $4)`,
    values: [asker.userId, ids, knownAs?.id, knownAs?.format],
  });
  return rows;
}
