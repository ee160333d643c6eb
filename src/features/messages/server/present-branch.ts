import type { Queryable } from '#platform/database/database.ts';
import type { Message } from '../messages.ts';
import { type MessageHome, type MessageRow, presentMessage } from './present-message.ts';
import { siblingsOf } from './siblings-of.ts';

/** Messages of one chat as those see them who may read it, each with its siblings. */
export async function presentBranch(
  db: Queryable,
  chat: MessageHome,
  rows: readonly MessageRow[],
): Promise<Message[]> {
  const siblings = await siblingsOf(db, chat.id, rows);
  return rows.map((row) => ({ ...presentMessage(chat, row), siblings: siblings.get(row.id) }));
}
