/** Who may do what with a chat and its messages: the one place that decides. */
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { MessageRow } from '#features/messages/server/index.ts';
import { mayWithChat } from '#features/projects/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { UNDO_TIME } from '#platform/database/undo-time.ts';
import { AppError, notFound } from '#platform/errors.ts';
import { projectTopic, userTopic } from '#platform/live-bus/live-bus.ts';
import type { Principal, Right } from '#platform/principal.ts';
import { type OutboxRow, outboxColumns } from './outbox/outbox-row.ts';
import type { ChatRow } from './present-chat.ts';
import { say } from './say.ts';
import { chats } from './tables.ts';

/** SQL: user `$1` may read chat `c`. */
const MAY_READ = mayWithChat('read', 'c', '$1');
/** SQL: chat `c` is one that user `$1` wrote. */
export const IS_AUTHOR = 'c.user_id = $1';
/** SQL: and it is in the list of their own, active or archived. */
export const LISTED_OWN = `${IS_AUTHOR} AND c.deleted_at IS NULL AND ${MAY_READ}`;

/** The chat; 404 for a stranger's, a deleted and an unknown one alike, 403 for a member without the right. */
export async function chatFor(
  db: Queryable,
  asker: Principal,
  chatId: string,
  right: Right,
): Promise<ChatRow> {
  const { rows } = await db.query({
    name: `chat-for-${right}`,
    text: `SELECT c.*, ${mayWithChat(right, 'c', '$1')} AS may FROM chats c
           WHERE c.id = $2 AND ${MAY_READ} AND c.deleted_at IS NULL`,
    values: [asker.userId, chatId],
  });
  return allowed(rows[0]);
}

function allowed(row: Record<string, unknown> | undefined): ChatRow {
  if (!row) throw notFound(say('no_such_chat'));
  const { may, ...columns } = row;
  if (!may) throw new AppError('forbidden', say('chat_not_yours'));
  return camelRow(columns);
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
  const deleted = evenDeleted ? `c.deleted_at > now() - ${UNDO_TIME} AND NOT c.temporary` : 'false';
  const { rows } = await tx.query({
    name: `lock-chat-${right}-${strength}${evenDeleted ? '-deleted' : ''}`,
    text: `SELECT c.*, ${mayWithChat(right, 'c', '$1')} AS may FROM chats c
           WHERE c.id = $2 AND ${MAY_READ} AND (c.deleted_at IS NULL OR ${deleted})
           FOR ${strength} OF c`,
    values: [asker.userId, chatId],
  });
  return allowed(rows[0]);
}
/** The chat, locked for what goes on in it by itself; null for one that is gone for good. Whoever it is done for is asked about after it. */
export async function lockAnyChat(tx: Queryable, chatId: string): Promise<ChatRow | null> {
  const { rows } = await tx.query({
    name: 'lock-any-chat',
    text: 'SELECT * FROM chats WHERE id = $1 FOR UPDATE',
    values: [chatId],
  });
  return rows[0] ? camelRow(rows[0]) : null;
}
type LockOptions = { strength?: 'update' | 'no key update'; evenDeleted?: boolean };

/** The message, in a chat that the asker has the right to; null for a stranger's, a deleted and an unknown one alike, 403 for a member without the right. */
export async function findMessage(
  db: Queryable,
  asker: Principal,
  messageId: string,
  right: Right,
): Promise<MessageRow | null> {
  const { rows } = await db.query({
    name: `message-for-${right}`,
    text: `SELECT m.*, ${mayWithChat(right, 'c', '$1')} AS may FROM messages m JOIN chats c ON c.id = m.chat_id
           WHERE m.id = $2 AND ${MAY_READ} AND m.deleted_at IS NULL AND c.deleted_at IS NULL`,
    values: [asker.userId, messageId],
  });
  if (!rows[0]) return null;
  const { may, ...columns } = rows[0];
  if (!may) throw new AppError('forbidden', say('chat_not_yours'));
  return camelRow(columns);
}

/**
 * An item of the asker's own outbox, in a chat that they have the right to; null for another's, an unknown one and one that was sent,
 * 403 for who may only read there by now.
 */
export async function findItem(
  db: Queryable,
  asker: Principal,
  itemId: string,
  right: Right,
): Promise<OutboxRow | null> {
  const { rows } = await db.query({
    name: `outbox-item-for-${right}`,
    text: `SELECT ${outboxColumns('o')}, ${mayWithChat(right, 'c', '$1')} AS may FROM outbox o JOIN chats c ON c.id = o.chat_id
           WHERE o.id = $2 AND o.user_id = $1 AND ${MAY_READ} AND c.deleted_at IS NULL`,
    values: [asker.userId, itemId],
  });
  if (!rows[0]) return null;
  const { may, ...columns } = rows[0];
  if (!may) throw new AppError('forbidden', say('chat_not_yours'));
  return camelRow(columns);
}

/** Where each of the asker's own items in a chat stands, in order, and how large it is. Authorise the chat before. */
export async function ownPlaces(
  db: Queryable,
  asker: Pick<Principal, 'userId'>,
  chatId: string,
): Promise<{ id: string; position: number; bytes: number }[]> {
  const { rows } = await db.query<{ id: string; position: number; bytes: number }>({
    name: 'outbox-places',
    text: `SELECT id, position, octet_length(content::text) AS bytes FROM outbox
           WHERE user_id = $1 AND chat_id = $2 ORDER BY position`,
    values: [asker.userId, chatId],
  });
  return rows;
}

/** Takes an item of the asker's own out of the outbox, and says what it was; null where there is none. */
export async function removeItem(
  tx: Queryable,
  asker: Pick<Principal, 'userId'>,
  chatId: string,
  itemId: string,
): Promise<OutboxRow | null> {
  const { rows } = await tx.query({
    name: 'outbox-remove',
    text: `DELETE FROM outbox o WHERE user_id = $1 AND chat_id = $2 AND id = $3 RETURNING ${outboxColumns('o')}`,
    values: [asker.userId, chatId, itemId],
  });
  return rows[0] ? camelRow(rows[0]) : null;
}

/** Drizzle's form of the chats that are listed for the asker: their own, or those of one project, as far as they may read them. */
export const listedFor = (asker: Principal, projectId: string | undefined): SQL | undefined =>
  and(
    projectId === undefined ? eq(chats.userId, asker.userId) : eq(chats.projectId, projectId),
    isNull(chats.deletedAt),
    eq(chats.temporary, false),
    sql`(${chats.visibility} = 'private' AND ${chats.userId} = ${asker.userId} OR ${chats.visibility} = 'shared' AND ${chats.projectId} IN (
      SELECT m.project_id FROM project_members m WHERE m.user_id = ${asker.userId}))`,
  );

/** Drizzle's form of the chats in whose title, description or tags something matches `pattern`: of the asker's own, or of one project's. */
export const whereWordsAre = (asker: Principal, projectId: string | undefined, pattern: string): SQL =>
  projectId === undefined
    ? sql`${chats.id} IN (SELECT chat_id FROM chat_words WHERE user_id = ${asker.userId} AND words ILIKE ${pattern})`
    : sql`EXISTS (SELECT FROM chat_words w WHERE w.chat_id = ${chats.id} AND w.words ILIKE ${pattern})`;

/** The live topics on which those who may read a chat hear of it. */
export const audienceOf = (chat: Pick<ChatRow, 'userId' | 'projectId' | 'visibility'>): string[] =>
  chat.visibility === 'shared' && chat.projectId ? [projectTopic(chat.projectId)] : [userTopic(chat.userId)];
