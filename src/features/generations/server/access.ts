/** Who may do what with a generation: the one place that decides. */
import type { Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { notFound } from '#platform/errors.ts';
import type { Principal, Right } from '#platform/principal.ts';
import { columnsOf, type GenerationRow } from './generation-columns.ts';
import { say } from './say.ts';

/** SQL: generation `g` is not of a chat that was deleted. Undoing the deletion brings it back. */
export const IS_THERE = `(g.chat_id IS NULL OR EXISTS (
  SELECT FROM chats c WHERE c.id = g.chat_id AND c.deleted_at IS NULL))`;

/** SQL: user `$1` has the right to generation `g`. It is its asker's alone, with every right. */
const MAY: Record<Right, string> = {
  read: `g.user_id = $1 AND ${IS_THERE}`,
  write: `g.user_id = $1 AND ${IS_THERE}`,
  manage: `g.user_id = $1 AND ${IS_THERE}`,
};

/** The generation; null for a stranger's, an unknown one and that of a deleted chat alike. */
export async function findGeneration(
  db: Queryable,
  asker: Principal,
  generationId: string,
  right: Right,
): Promise<GenerationRow | null> {
  const { rows } = await db.query({
    name: `generation-for-${right}`,
    text: `SELECT ${columnsOf('g')} FROM generations g WHERE g.id = $2 AND ${MAY[right]}`,
    values: [asker.userId, generationId],
  });
  return rows[0] ? camelRow(rows[0]) : null;
}

/** The same, or 404. */
export async function generationFor(
  db: Queryable,
  asker: Principal,
  generationId: string,
  right: Right,
): Promise<GenerationRow> {
  const found = await findGeneration(db, asker, generationId, right);
  if (!found) throw notFound(say('no_such_generation'));
  return found;
}

/** Ids of what waits or runs for the asker, oldest first: in one chat, or in all of them. */
export async function goingOn(db: Queryable, asker: Principal, chatId: string | null): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'going-on',
    text: `SELECT g.id FROM generations g
           WHERE ${MAY.read} AND g.state IN ('queued', 'running') AND g.chat_id = coalesce($2, g.chat_id)
           ORDER BY g.ordinal`,
    values: [asker.userId, chatId],
  });
  return rows.map(({ id }) => id);
}
