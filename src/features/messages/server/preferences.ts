/** Which of several replies people prefer. */
import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { NewPreference, Preference } from '../opinions.ts';

/** Those of `ids` that are replies to a message. */
export async function repliesBelow(
  db: Queryable,
  messageId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>({
    name: 'replies-below',
    text: `SELECT id FROM messages
           WHERE id = ANY($2) AND parent_id = $1 AND role = 'assistant' AND deleted_at IS NULL`,
    values: [messageId, ids],
  });
  return new Set(rows.map(({ id }) => id));
}

/** Keeps one; what it names was checked by the caller. */
export async function savePreference(
  db: Queryable,
  userId: string,
  message: { id: string; chatId: string },
  { chosen, over, verdict, reason }: NewPreference,
): Promise<Preference> {
  const { rows } = await db.query<{ id: string; createdAt: Date }>(
    `INSERT INTO preferences (id, chat_id, user_message_id, user_id, chosen, over, verdict, reason)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id, created_at AS "createdAt"`,
    [newId(), message.chatId, message.id, userId, chosen, over, verdict, reason],
  );
  const { id, createdAt } = rows[0]!;
  const of = { chatId: message.chatId, userMessageId: message.id };
  return { id, ...of, chosen, over, verdict, reason, createdAt: createdAt.toISOString() };
}
