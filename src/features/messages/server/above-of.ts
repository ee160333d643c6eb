import type { Queryable } from '#platform/database/database.ts';
import type { Role } from '../messages.ts';

/** How many messages stand above one, and the first of them. */
type Above = { count: number; root: { id: string; role: Role } | null };

/** What leads to a message, without reading what it says: one look-up per message. */
export async function aboveOf(db: Queryable, chatId: string, messageId: string): Promise<Above> {
  const { rows } = await db.query<{ count: number; id: string; role: Role }>({
    name: 'above-of',
    text: `WITH RECURSIVE above AS (
             SELECT p.id, p.parent_id, p.role, 1 AS count FROM messages m
             JOIN messages p ON p.id = m.parent_id WHERE m.id = $1 AND m.chat_id = $2
             UNION ALL
             SELECT p.id, p.parent_id, p.role, a.count + 1 FROM above a CROSS JOIN LATERAL (
               SELECT id, parent_id, role FROM messages WHERE id = a.parent_id LIMIT 1) p)
           SELECT count, id, role FROM above WHERE parent_id IS NULL`,
    values: [messageId, chatId],
  });
  const root = rows[0];
  return root ? { count: root.count, root: { id: root.id, role: root.role } } : { count: 0, root: null };
}
