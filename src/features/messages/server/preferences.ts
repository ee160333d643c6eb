/** Which of several replies people prefer. */
import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { Compared, NewPreference, Preference } from '../opinions.ts';

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

/** What a user last said of the replies to each of these messages, by the messages' ids. */
export async function preferencesOf(
  db: Queryable,
  userId: string,
  messageIds: readonly string[],
): Promise<Map<string, NonNullable<Compared['preference']>>> {
  const { rows } = await db.query<Pick<Preference, 'userMessageId' | 'chosen' | 'verdict' | 'reason'>>({
    name: 'preferences-of',
    text: `SELECT DISTINCT ON (user_message_id) user_message_id AS "userMessageId", chosen, verdict, reason
           FROM preferences WHERE user_message_id = ANY($1) AND user_id = $2
           ORDER BY user_message_id, created_at DESC, id DESC`,
    values: [messageIds, userId],
  });
  return new Map(rows.map(({ userMessageId, ...preference }) => [userMessageId, preference]));
}

/**
 * Keeps one; what it names was checked by the caller, who holds the chat's lock. Saying the same once more changes the reason of what
 * was said last, so that a repeat and a reason given afterwards count once.
 */
export async function savePreference(
  db: Queryable,
  userId: string,
  message: { id: string; chatId: string },
  { chosen, over, verdict, reason }: NewPreference,
): Promise<Preference> {
  const given = [message.id, userId, chosen, over, verdict, reason];
  const again = await db.query<Row>(SAY_AGAIN, given);
  const { id, createdAt } =
    again.rows[0] ?? (await db.query<Row>(SAY, [...given, newId(), message.chatId])).rows[0]!;
  const of = { chatId: message.chatId, userMessageId: message.id };
  return { id, ...of, chosen, over, verdict, reason, createdAt: createdAt.toISOString() };
}

type Row = { id: string; createdAt: Date };

const SAY = `
  INSERT INTO preferences (user_message_id, user_id, chosen, over, verdict, reason, id, chat_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id, created_at AS "createdAt"`;
const SAY_AGAIN = `
  UPDATE preferences SET reason = $6
  WHERE id = (SELECT id FROM preferences WHERE user_message_id = $1 AND user_id = $2
              ORDER BY created_at DESC, id DESC LIMIT 1)
    AND chosen IS NOT DISTINCT FROM $3 AND over @> $4::uuid[] AND over <@ $4::uuid[] AND verdict = $5
  RETURNING id, created_at AS "createdAt"`;
