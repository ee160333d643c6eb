import type { Queryable } from '#platform/database/database.ts';
import type { Message } from '../messages.ts';
import { type MessageRow, presentMessage } from './present-message.ts';
import { siblingsOf } from './siblings-of.ts';

/** Messages of one chat as its owner sees them, each with its siblings. */
export async function presentBranch(
  db: Queryable,
  chatId: string,
  rows: readonly MessageRow[],
): Promise<Message[]> {
  const siblings = await siblingsOf(db, chatId, rows);
  return rows.map((row) => ({ ...presentMessage(row), siblings: siblings.get(row.id) }));
}
