import type { Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { invalidInput } from '#platform/errors.ts';
import type { MessageRow } from './present-message.ts';
import { say } from './say.ts';

/** One page of a branch, oldest first; `nextBefore` is the `before` of the page above it, null at the root. */
export type BranchPage = { messages: MessageRow[]; nextBefore: string | null };

/**
 * The one walk of a branch: the last `limit` messages of the branch that ends in `leafId`, or of what leads to the message
 * `before` (without it; 400 when it is not in the chat). Follows the parents by primary key, one look-up per message, so
 * the cost depends on `limit` and not on the size of the chat. `limit` missing: the whole branch.
 */
export async function branchOf(
  db: Queryable,
  chatId: string,
  leafId: string | null,
  { limit, before }: { limit?: number; before?: string } = {},
): Promise<BranchPage> {
  const start = before ? await parentOf(db, chatId, before) : leafId;
  if (!start) return { messages: [], nextBefore: null };
  const { rows } = await db.query<Record<string, unknown>>({
    name: 'branch-of',
    text: WALK,
    values: [start, chatId, limit ?? Number.MAX_SAFE_INTEGER],
  });
  const messages = rows.map(camelRow<MessageRow>);
  const first = messages[0];
  return { messages, nextBefore: first?.parentId ? first.id : null };
}

// LIMIT 1 keeps the planner from joining with a scan of the whole table, whatever its statistics say.
const WALK = `
  WITH RECURSIVE branch AS (
    SELECT m.*, 1 AS depth FROM messages m WHERE m.id = $1 AND m.chat_id = $2
    UNION ALL
    SELECT m.*, b.depth + 1 FROM branch b
     CROSS JOIN LATERAL (SELECT * FROM messages WHERE id = b.parent_id AND chat_id = $2 LIMIT 1) m
     WHERE b.depth < $3::bigint)
  SELECT * FROM branch ORDER BY depth DESC`;

async function parentOf(db: Queryable, chatId: string, messageId: string): Promise<string | null> {
  const { rows } = await db.query<{ parentId: string | null }>(
    'SELECT parent_id AS "parentId" FROM messages WHERE id = $1 AND chat_id = $2',
    [messageId, chatId],
  );
  if (!rows[0]) throw invalidInput('before', say('not_in_this_chat'));
  return rows[0].parentId;
}
