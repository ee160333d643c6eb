import type { Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import type { MessageRow } from './present-message.ts';

/** A message, whoever's it is: authorise before. Null when there is none, or it was deleted. */
export async function readMessage(db: Queryable, messageId: string): Promise<MessageRow | null> {
  const { rows } = await db.query({
    name: 'read-message',
    text: 'SELECT * FROM messages WHERE id = $1 AND deleted_at IS NULL',
    values: [messageId],
  });
  return rows[0] ? camelRow(rows[0]) : null;
}
