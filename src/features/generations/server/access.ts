/** Who may do what with a generation: the one place that decides. */
import { mayWithChat } from '#features/projects/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { AppError, notFound } from '#platform/errors.ts';
import type { Principal, Right } from '#platform/principal.ts';
import { columnsOf, type GenerationRow } from './generation-columns.ts';
import { say } from './say.ts';

/**
 * SQL: the user (a parameter or a column) has the right to generation `g`. Who may do something with its chat may do it with what
 * is written there, unless that was deleted; what belongs to no chat is its asker's alone.
 */
export const mayWithGeneration = (right: Right, user: string): string =>
  `(CASE WHEN g.chat_id IS NULL THEN g.user_id = ${user} ELSE EXISTS (
     SELECT FROM chats c WHERE c.id = g.chat_id AND c.deleted_at IS NULL AND ${mayWithChat(right, 'c', user)}) END)`;

/** The generation; null for a stranger's, an unknown one and that of a deleted chat alike, 403 for a member without the right. */
export async function findGeneration(
  db: Queryable,
  asker: Principal,
  generationId: string,
  right: Right,
): Promise<GenerationRow | null> {
  const { rows } = await db.query({
    name: `generation-for-${right}`,
    text: `SELECT ${columnsOf('g')}, ${mayWithGeneration(right, '$1')} AS may
           FROM generations g WHERE g.id = $2 AND ${mayWithGeneration('read', '$1')}`,
    values: [asker.userId, generationId],
  });
  if (!rows[0]) return null;
  const { may, ...columns } = rows[0];
  if (!may) throw new AppError('forbidden', say('read_only'));
  return camelRow(columns);
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

/** Ids of what waits or runs, oldest first: in one chat, whoever asked, or in all of them what the asker did. */
export async function goingOn(db: Queryable, asker: Principal, chatId: string | null): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: chatId ? 'going-on-in-chat' : 'going-on',
    text: `SELECT g.id FROM generations g
           WHERE ${chatId ? 'g.chat_id = $2' : 'g.user_id = $1 AND $2::uuid IS NULL'} AND g.state IN ('queued', 'running') AND g.title_of IS NULL
             AND ${mayWithGeneration('read', '$1')}
           ORDER BY g.ordinal`,
    values: [asker.userId, chatId],
  });
  return rows.map(({ id }) => id);
}
