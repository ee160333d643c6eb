import type { Queryable } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { Message } from '../messages.ts';
import { type MessageHome, type MessageRow, presentMessage } from './present-message.ts';
import { ratingsOf } from './ratings.ts';
import { siblingsOf } from './siblings-of.ts';

/** Messages of one chat as the asker sees them, each with its siblings and with what they think of it. */
export async function presentBranch(
  db: Queryable,
  { userId }: Pick<Principal, 'userId'>,
  chat: MessageHome,
  rows: readonly MessageRow[],
): Promise<Message[]> {
  const ids = rows.map(({ id }) => id);
  const [siblings, ratings] = await Promise.all([siblingsOf(db, chat.id, rows), ratingsOf(db, userId, ids)]);
  return rows.map((row) => ({
    ...presentMessage(chat, row),
    siblings: siblings.get(row.id),
    rating: ratings.get(row.id) ?? null,
  }));
}
