import { sql } from 'drizzle-orm';
import type { Part, Role } from '#features/chats/chats.ts';
import type { MessageRow } from '#features/chats/server/present-chat.ts';
import type { Db } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';

/** One page of a branch, oldest first; `nextBefore` is the `before` of the page above it, null at the root. */
export type BranchPage = { messages: MessageRow[]; nextBefore: string | null };

/**
 * The last `limit` messages of the branch that ends in `leafId`, or of what leads to the message `before`
 * (without it; 400 when it is not in the chat). Walks up the parents by primary key, one look-up per message, so
 * the cost depends on `limit` and not on the size of the chat. `limit` missing: the whole branch.
 */
export async function branchOf(
  db: Db,
  chatId: string,
  leafId: string | null,
  { limit, before }: { limit?: number; before?: string } = {},
): Promise<BranchPage> {
  const start = before ? await parentOf(db, chatId, before) : leafId;
  if (!start) return { messages: [], nextBefore: null };
  // LIMIT 1 keeps the planner from joining with a scan of the whole table, whatever its statistics say.
  const { rows } = await db.execute<RawMessage>(sql`
    WITH RECURSIVE branch AS (
      SELECT m.*, 1 AS depth FROM messages m WHERE m.id = ${start} AND m.chat_id = ${chatId}
      UNION ALL
      SELECT m.*, b.depth + 1 FROM branch b
       CROSS JOIN LATERAL (SELECT * FROM messages WHERE id = b.parent_id AND chat_id = ${chatId} LIMIT 1) m
       WHERE b.depth < ${limit ?? Number.MAX_SAFE_INTEGER}::bigint)
    SELECT * FROM branch ORDER BY depth DESC`);
  const first = rows[0];
  return { messages: rows.map(toRow), nextBefore: first?.parent_id ? first.id : null };
}

async function parentOf(db: Db, chatId: string, messageId: string): Promise<string | null> {
  const { rows } = await db.execute<{ parent_id: string | null }>(
    sql`SELECT parent_id FROM messages WHERE id = ${messageId} AND chat_id = ${chatId}`,
  );
  if (!rows[0]) throw invalidInput('before', 'There is no such message in this chat.');
  return rows[0].parent_id;
}

type RawMessage = {
  id: string;
  chat_id: string;
  parent_id: string | null;
  role: Role;
  content: Part[];
  generation_id: string | null;
  metadata: Record<string, unknown>;
  ordinal: number;
  created_at: string;
};

const toRow = (raw: RawMessage): MessageRow => ({
  id: raw.id,
  chatId: raw.chat_id,
  parentId: raw.parent_id,
  role: raw.role,
  content: raw.content,
  generationId: raw.generation_id,
  metadata: raw.metadata,
  ordinal: raw.ordinal,
  createdAt: new Date(raw.created_at),
});
