/** What people think of messages: each their own, which nobody else is told. */
import type { Queryable } from '#platform/database/database.ts';
import type { NewRating, Rating } from '../opinions.ts';

type Row = Omit<Rating, 'updatedAt'> & { updatedAt: Date };
const COLUMNS = 'value, tags, comment, updated_at AS "updatedAt"';
const present = ({ value, tags, comment, updatedAt }: Row): Rating => ({
  value,
  tags,
  comment,
  updatedAt: updatedAt.toISOString(),
});

/** What a user thinks of these messages, by their ids. */
export async function ratingsOf(
  db: Queryable,
  userId: string,
  messageIds: readonly string[],
): Promise<Map<string, Rating>> {
  const { rows } = await db.query<Row & { messageId: string }>({
    name: 'ratings-of',
    text: `SELECT message_id AS "messageId", ${COLUMNS} FROM ratings WHERE message_id = ANY($1) AND user_id = $2`,
    values: [messageIds, userId],
  });
  return new Map(rows.map((row) => [row.messageId, present(row)]));
}

/** Keeps what a user thinks of a message in place of what they thought. Nothing at all takes it back. */
export async function saveRating(
  db: Queryable,
  userId: string,
  messageId: string,
  { value, tags, comment }: NewRating,
): Promise<Rating> {
  if (value === null && tags.length === 0 && comment === '') {
    await db.query('DELETE FROM ratings WHERE message_id = $1 AND user_id = $2', [messageId, userId]);
    return present({ value, tags, comment, updatedAt: new Date() });
  }
  const { rows } = await db.query<Row>(
    `INSERT INTO ratings (message_id, user_id, value, tags, comment) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (message_id, user_id) DO UPDATE
       SET value = excluded.value, tags = excluded.tags, comment = excluded.comment, updated_at = now()
     RETURNING ${COLUMNS}`,
    [messageId, userId, value, tags, comment],
  );
  return present(rows[0]!);
}
