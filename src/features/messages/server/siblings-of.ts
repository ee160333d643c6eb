import type { Queryable } from '#platform/database/database.ts';
import type { Siblings } from '../messages.ts';

type Placed = { id: string; parentId: string | null };

/** Where each of these messages of a chat stands among its siblings, by its id. */
export async function siblingsOf(
  db: Queryable,
  chatId: string,
  messages: readonly Placed[],
): Promise<Map<string, Siblings>> {
  const parents = messages.flatMap(({ parentId }) => parentId ?? []);
  const [below, roots] = await Promise.all([
    parents.length > 0 ? childrenOf(db, parents) : [],
    parents.length < messages.length ? rootsOf(db, chatId) : [],
  ]);
  const byParent = new Map([...below, ...roots].map(({ parentId, ids }) => [parentId, ids]));
  return new Map(
    messages.map(({ id, parentId }) => {
      const ids = byParent.get(parentId) ?? [id];
      return [id, { index: ids.indexOf(id), count: ids.length, ids }];
    }),
  );
}

type Family = { parentId: string | null; ids: string[] };

async function childrenOf(db: Queryable, parents: string[]): Promise<Family[]> {
  const { rows } = await db.query<Family>({
    name: 'children-of',
    text: `SELECT parent_id AS "parentId", array_agg(id ORDER BY ordinal) AS ids
           FROM messages WHERE parent_id = ANY($1) AND deleted_at IS NULL GROUP BY parent_id`,
    values: [parents],
  });
  return rows;
}

/** Through the chat's own messages: a look-up of what has no parent would find the beginnings of all chats there are. */
async function rootsOf(db: Queryable, chatId: string): Promise<Family[]> {
  const { rows } = await db.query<Family>({
    name: 'roots-of',
    text: `WITH own AS MATERIALIZED (SELECT id, parent_id, deleted_at, ordinal FROM messages WHERE chat_id = $1)
           SELECT NULL AS "parentId", array_agg(id ORDER BY ordinal) AS ids FROM own WHERE parent_id IS NULL AND deleted_at IS NULL`,
    values: [chatId],
  });
  return rows;
}
