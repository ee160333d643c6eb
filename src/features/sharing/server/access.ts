/** Which links hold, and for whom: the one place that decides. Who may make and withdraw them is the chat's to say. */
import { mayWithChat } from '#features/projects/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { hashOfToken } from '#platform/secret-token.ts';
import type { shares } from './tables.ts';

export type ShareRow = typeof shares.$inferSelect;
/** What a token leads to. */
export type SharedRow = Pick<ShareRow, 'id' | 'title' | 'messages' | 'createdAt' | 'expiresAt'>;

/** SQL: this instance lets chats be shared. */
const IS_ON = `coalesce(i.settings->>'sharing', 'on') = 'on'`;

/**
 * SQL: link `s` to chat `c` holds. Whoever made it may still manage the chat, which is there; neither they nor its author are
 * disabled.
 */
const HOLDS = `(s.expires_at IS NULL OR s.expires_at > now()) AND c.deleted_at IS NULL AND NOT c.temporary
  AND ${mayWithChat('manage', 'c', 's.user_id')}
  AND NOT EXISTS (SELECT FROM users u WHERE u.id IN (s.user_id, c.user_id) AND u.disabled_at IS NOT NULL)`;

/** What the link with this token shows; null for one that is unknown, expired or withdrawn, or whose chat is not there. */
export const findShared = (db: Queryable, token: string): Promise<SharedRow | null> =>
  findAs<SharedRow>(db, token, 'find-shared', 's.messages');

/** The same, its messages as the JSON that they are kept as: for who sends them on without a look at them. */
export const findSharedText = (
  db: Queryable,
  token: string,
): Promise<(Omit<SharedRow, 'messages'> & { messages: string }) | null> =>
  findAs(db, token, 'find-shared-text', 's.messages::text AS messages');

async function findAs<Row>(
  db: Queryable,
  token: string,
  name: string,
  messages: string,
): Promise<Row | null> {
  const { rows } = await db.query({
    name,
    text: `SELECT s.id, s.title, ${messages}, s.created_at, s.expires_at
           FROM shares s JOIN chats c ON c.id = s.chat_id, instance i WHERE s.hash = $1 AND ${HOLDS} AND ${IS_ON}`,
    values: [hashOfToken(token)],
  });
  return rows[0] ? camelRow<Row>(rows[0]) : null;
}

/** Whether there is something at the link with this token. */
export async function holds(db: Queryable, token: string): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'share-holds',
    text: `SELECT FROM shares s JOIN chats c ON c.id = s.chat_id, instance i WHERE s.hash = $1 AND ${HOLDS} AND ${IS_ON}`,
    values: [hashOfToken(token)],
  });
  return Boolean(rowCount);
}

/** The links to a chat that hold, newest first. Authorise the chat before. */
export async function sharesOf(db: Queryable, chatId: string): Promise<Omit<ShareRow, 'messages'>[]> {
  const { rows } = await db.query({
    name: 'shares-of-chat',
    text: `SELECT s.id, s.chat_id, s.user_id, s.hash, s.title, s.message_count, s.with_reasoning, s.expires_at, s.created_at
           FROM shares s JOIN chats c ON c.id = s.chat_id WHERE s.chat_id = $1 AND ${HOLDS}
           ORDER BY s.created_at DESC, s.id DESC`,
    values: [chatId],
  });
  return rows.map((row) => camelRow(row));
}

/** Whether this instance lets chats be shared. */
export async function isSharingOn(db: Queryable): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'is-sharing-on',
    text: `SELECT FROM instance i WHERE ${IS_ON}`,
  });
  return Boolean(rowCount);
}
