/** Who may do what with a chat and its messages: the one place that decides. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { MessageRow } from '#features/messages/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { notFound } from '#platform/errors.ts';
import { userTopic } from '#platform/live-bus/live-bus.ts';
import type { Principal, Right } from '#platform/principal.ts';
import type { ChatRow } from './present-chat.ts';
import { say } from './say.ts';
import { chats } from './tables.ts';

/** SQL: user `$1` has the right to chat `c`. A chat is its owner's alone, with every right. */
const MAY: Record<Right, string> = {
  read: 'c.user_id = $1',
  write: 'c.user_id = $1',
  manage: 'c.user_id = $1',
};

/** The chat; 404 for a stranger's, a deleted and an unknown one alike. */
export async function chatFor(
  db: Queryable,
  asker: Principal,
  chatId: string,
  right: Right,
): Promise<ChatRow> {
  const { rows } = await db.query({
    name: `chat-for-${right}`,
    text: `SELECT c.* FROM chats c WHERE c.id = $2 AND ${MAY[right]} AND c.deleted_at IS NULL`,
    values: [asker.userId, chatId],
  });
  if (!rows[0]) throw notFound(say('no_such_chat'));
  return camelRow(rows[0]);
}

/**
 * The same, locked to the end of the transaction: two sends to it at once line up behind one another. With
 * `no key update`, rows that refer to it can be inserted meanwhile. `evenDeleted` finds it while its deletion can be undone.
 */
export async function lockChat(
  tx: Queryable,
  asker: Principal,
  chatId: string,
  right: Right,
  { strength = 'update', evenDeleted = false }: LockOptions = {},
): Promise<ChatRow> {
  const deleted = evenDeleted ? `c.deleted_at > now() - ${UNDO_TIME}` : 'false';
  const { rows } = await tx.query({
    name: `lock-chat-${right}-${strength}${evenDeleted ? '-deleted' : ''}`,
    text: `SELECT c.* FROM chats c WHERE c.id = $2 AND ${MAY[right]} AND (c.deleted_at IS NULL OR ${deleted})
           FOR ${strength}`,
    values: [asker.userId, chatId],
  });
  if (!rows[0]) throw notFound(say('no_such_chat'));
  return camelRow(rows[0]);
}
type LockOptions = { strength?: 'update' | 'no key update'; evenDeleted?: boolean };

/** How long a deletion can be undone; after it the chat and its messages are removed for good. */
export const UNDO_TIME = `interval '24 hours'`;

/** The message, in a chat that the asker has the right to; null for a stranger's, a deleted and an unknown one alike. */
export async function findMessage(
  db: Queryable,
  asker: Principal,
  messageId: string,
  right: Right,
): Promise<MessageRow | null> {
  const { rows } = await db.query({
    name: `message-for-${right}`,
    text: `SELECT m.* FROM messages m JOIN chats c ON c.id = m.chat_id
           WHERE m.id = $2 AND ${MAY[right]} AND m.deleted_at IS NULL AND c.deleted_at IS NULL`,
    values: [asker.userId, messageId],
  });
  return rows[0] ? camelRow(rows[0]) : null;
}

/** Drizzle's form of the chats that are listed for the asker. */
export const listedFor = (asker: Principal) => and(eq(chats.userId, asker.userId), isNull(chats.deletedAt));

/** Drizzle's form of the chats of the asker in whose title, description or tags something matches `pattern`. */
export const whereWordsAre = (asker: Principal, pattern: string) =>
  sql`${chats.id} IN (SELECT chat_id FROM chat_words WHERE user_id = ${asker.userId} AND words ILIKE ${pattern})`;

/** The live topics on which those who may read a chat hear of it. */
export const audienceOf = (chat: Pick<ChatRow, 'userId'>): string[] => [userTopic(chat.userId)];
