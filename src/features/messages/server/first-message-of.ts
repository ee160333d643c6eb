import type { Queryable } from '#platform/database/database.ts';
import type { Part, Role } from '../messages.ts';

/** What a chat begins with: its oldest message, or nothing. */
export async function firstMessageOf(
  db: Queryable,
  chatId: string,
): Promise<{ role: Role; content: Part[] }[]> {
  const { rows } = await db.query<{ role: Role; content: Part[] }>({
    name: 'first-message-of',
    text: `SELECT role, CASE WHEN role = 'system' THEN content ELSE '[]' END AS content
           FROM messages WHERE chat_id = $1 AND deleted_at IS NULL AND NOT excluded ORDER BY ordinal LIMIT 1`,
    values: [chatId],
  });
  return rows;
}
