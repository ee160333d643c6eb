import type { Queryable } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import { say } from './say.ts';

/** Refuses, naming the field it came in, a message that is not in the chat. Reads nothing of what it says. */
export async function assertMessageOf(
  db: Queryable,
  chatId: string,
  messageId: string,
  field: string,
): Promise<void> {
  const { rowCount } = await db.query({
    name: 'message-of',
    text: 'SELECT FROM messages WHERE id = $1 AND chat_id = $2 AND deleted_at IS NULL',
    values: [messageId, chatId],
  });
  if (!rowCount) throw invalidInput(field, say('not_in_this_chat'));
}
