import type { Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { columnsOf, type GenerationRow } from './generation-columns.ts';

/** The first generation that answers a message, whoever's it is: authorise before. Null when none does. */
export async function firstReplyOf(db: Queryable, userMessageId: string): Promise<GenerationRow | null> {
  const { rows } = await db.query({
    name: 'first-reply-of',
    text: `SELECT ${columnsOf('g')} FROM generations g WHERE g.user_message_id = $1 ORDER BY g.ordinal LIMIT 1`,
    values: [userMessageId],
  });
  return rows[0] ? camelRow(rows[0]) : null;
}

/** The generation that writes, or wrote, a reply; null for a message that none wrote. */
export async function findGenerationOf(db: Queryable, replyId: string): Promise<GenerationRow | null> {
  const { rows } = await db.query({
    name: 'generation-of',
    text: `SELECT ${columnsOf('g')} FROM generations g WHERE g.message_id = $1`,
    values: [replyId],
  });
  return rows[0] ? camelRow(rows[0]) : null;
}

/** True while a message, or a reply to it, waits in line or is written. */
export async function isInWork(db: Queryable, messageId: string): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'is-in-work',
    text: `SELECT FROM generations
           WHERE (message_id = $1 OR user_message_id = $1) AND state IN ('queued', 'running') LIMIT 1`,
    values: [messageId],
  });
  return rowCount !== 0;
}

/** A reply that waits in line or is written. */
export type ReplyInWork = { generationId: string; messageId: string | null; state: 'queued' | 'running' };

/** Those of a chat, whoever's it is: authorise before. */
export async function repliesInWork(db: Queryable, chatId: string): Promise<ReplyInWork[]> {
  const { rows } = await db.query<ReplyInWork>({
    name: 'replies-in-work',
    text: `SELECT id AS "generationId", message_id AS "messageId", state FROM generations
           WHERE chat_id = $1 AND state IN ('queued', 'running')`,
    values: [chatId],
  });
  return rows;
}

/** Those of some messages that were still being written at a time: who was told of them then was told nothing of what they say now. */
export async function lateAmong(
  db: Queryable,
  messages: readonly { id: string }[],
  at: Date | null,
): Promise<Set<string>> {
  if (at === null || messages.length === 0) return new Set();
  const { rows } = await db.query<{ id: string }>({
    name: 'late-among',
    text: `SELECT message_id AS id FROM generations
           WHERE message_id = ANY ($1) AND (finished_at IS NULL OR finished_at > $2)`,
    values: [messages.map(({ id }) => id), at],
  });
  return new Set(rows.map(({ id }) => id));
}

/** The generation that was queued last in a chat, ended or not; null where there is none. */
export async function lastReplyOf(db: Queryable, chatId: string): Promise<string | null> {
  const { rows } = await db.query<{ id: string }>(
    'SELECT id FROM generations WHERE chat_id = $1 ORDER BY ordinal DESC LIMIT 1',
    [chatId],
  );
  return rows[0]?.id ?? null;
}

/** What the reply of a generation begins with; null for all but continued ones. */
export async function openingOf(db: Queryable, generationId: string): Promise<string | null> {
  const { rows } = await db.query<{ opening: string | null }>(
    'SELECT opening FROM generations WHERE id = $1',
    [generationId],
  );
  return rows[0]?.opening ?? null;
}
