/** The tags of all chats that somebody wrote. */
import { growStorage } from '#features/accounts/server/index.ts';
import { mayWithChat } from '#features/projects/server/index.ts';
import { inTransaction, type Queryable } from '#platform/database/database.ts';
import { containing } from '#platform/database/like.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import { say as sayInGeneral } from '#platform/say.ts';
import type { Services } from '#platform/services.ts';
import type { TagCount, TagQuery } from '../../order.ts';
import { IS_AUTHOR, LISTED_OWN } from '../access.ts';
import { say } from '../say.ts';
import { lockAuthors } from './change-many.ts';
import { publishMany } from './publish-many.ts';

/** A page of the asker's tags, those of most chats first; 400 for a cursor that is none. */
export async function listTags(
  db: Queryable,
  { userId }: Principal,
  { limit, cursor, q }: TagQuery,
): Promise<{ items: TagCount[]; nextCursor: string | null }> {
  const after = readPlace(cursor);
  const { rows } = await db.query<TagCount>(
    `SELECT name, count FROM (
       SELECT t.name, count(DISTINCT c.id)::int AS count FROM chats c, unnest(c.tags) AS t(name)
       WHERE ${LISTED_OWN} AND c.tags <> '{}' AND t.name ILIKE $2 GROUP BY t.name) counted
     WHERE $3::int IS NULL OR count < $3 OR (count = $3 AND name COLLATE "C" > $4::text)
     ORDER BY count DESC, name COLLATE "C" LIMIT $5`,
    [userId, containing(q ?? ''), after?.count, after?.name, limit + 1],
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: last && rows.length > limit ? writePlace(last) : null };
}

const writePlace = ({ name, count }: TagCount): string =>
  Buffer.from(`${count} ${name}`).toString('base64url');

function readPlace(cursor: string | undefined): TagCount | null {
  if (!cursor) return null;
  const [, count, name] = /^(\d{1,9}) (.+)$/s.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (count === undefined || name === undefined || name.includes('\0'))
    throw invalidInput('cursor', sayInGeneral('cursor_unknown'));
  return { name, count: Number(count) };
}

/**
 * Gives a tag another name in all chats that the asker wrote and may write in; where a chat has one of that name already the two
 * become one. Those that were deleted come back with the new name. Returns how many chats that changed; 404 when none has the tag.
 */
export async function renameTag(
  services: Services,
  asker: Principal,
  name: string,
  to: string,
): Promise<number> {
  const changed = await inTransaction(services.db, async (tx) => {
    const { rows: found } = await tx.query<{ id: string }>(
      `SELECT c.id FROM chats c WHERE ${LISTED_OWN} AND c.tags @> ARRAY[$2::text]`,
      [asker.userId, name],
    );
    if (found.length === 0) throw notFound(say('no_such_tag'));
    if (name === to) return [];
    // Where nothing is counted they are locked as well, so that no other change of many chats goes through them in another order.
    const own = { sql: '(SELECT $2::uuid AS id) asked', value: found[0]!.id };
    await lockAuthors(tx, asker, own);
    const { rows } = await tx.query(RENAME, [asker.userId, name, to]);
    const grown = rows.reduce((sum, row) => sum + row.grown, 0);
    if (grown !== 0) await growStorage(tx, asker, { bytes: grown });
    return rows.filter(({ lives }) => lives);
  });
  await publishMany(
    services,
    changed.map(({ id, userId, projectId, visibility }) => {
      const from = { projectId, visibility };
      return { id, userId, projectId, visibility, from, before: {} };
    }),
  );
  return changed.length;
}

/** Each tag once, in the place of the first of its name. */
const RENAME = `
  WITH l AS MATERIALIZED (
    SELECT c.id, octet_length(array_to_string(c.tags, '')) AS bytes FROM chats c
    WHERE ${IS_AUTHOR} AND ${mayWithChat('write', 'c', '$1')} AND c.tags @> ARRAY[$2::text]
    ORDER BY c.id FOR NO KEY UPDATE OF c
  )
  UPDATE chats c SET updated_at = greatest(c.updated_at, now()), tags = (
    SELECT array_agg(name ORDER BY place) FROM (
      SELECT CASE t.name WHEN $2 THEN $3 ELSE t.name END AS name, min(t.place) AS place
      FROM unnest(c.tags) WITH ORDINALITY AS t(name, place) GROUP BY 1) renamed)
  FROM l WHERE c.id = l.id
  RETURNING c.id, c.user_id AS "userId", c.project_id AS "projectId", c.visibility, c.deleted_at IS NULL AS lives,
    octet_length(array_to_string(c.tags, '')) - l.bytes AS grown`;
