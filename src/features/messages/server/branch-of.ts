import type { Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { invalidInput } from '#platform/errors.ts';
import type { MessageRow } from './present-message.ts';
import { say } from './say.ts';

/** One page of a branch, oldest first; `nextBefore` is the `before` of the page above it, null at the root. */
export type BranchPage = { messages: MessageRow[]; nextBefore: string | null };
/** How much is read at most. */
export type BranchBounds = { limit?: number; bytes: number; before?: string };

/**
 * The one walk of a branch: the last messages of the branch that ends in `leafId`, or of what leads to the message
 * `before` (without it; 400 when it is not in the chat), `limit` of them at most, and not more than `bytes` of content as
 * JSON (a message that is larger by itself comes alone). Follows the parents by primary key, one look-up per message, and stops at the bound, so that the cost
 * depends on what is asked for and not on the size of the chat.
 */
export async function branchOf(
  db: Queryable,
  chatId: string,
  leafId: string | null,
  { limit = Number.MAX_SAFE_INTEGER, bytes, before }: BranchBounds,
): Promise<BranchPage> {
  const start = before ? await parentOf(db, chatId, before) : leafId;
  if (!start) return { messages: [], nextBefore: null };
  const { rows } = await db.query<{ content: string }>({
    name: 'branch-of',
    text: WALK,
    values: [start, chatId, limit, bytes],
  });
  const messages = rows.map(toMessageRow);
  const first = messages[0];
  return { messages, nextBefore: first?.parentId ? first.id : null };
}

/** A message whose content was read as text. */
export const toMessageRow = (row: { content: string }): MessageRow => ({
  ...camelRow<MessageRow>(row),
  content: JSON.parse(row.content) as MessageRow['content'],
});

// The content is read once, as the text that is measured and sent. LIMIT 1 keeps the planner from joining with a scan of
// the whole table, whatever its statistics say.
const OTHERS =
  'generation_id, agent_id, author_id, ending, metadata, source, edited_from, excluded, original_id, ordinal, created_at';
const COLUMNS = `id, chat_id, parent_id, role, content::text AS content, ${OTHERS}`;
const SIZE = '(octet_length(m.content) + octet_length(m.metadata::text))';
const WALK = `
  WITH RECURSIVE branch AS (
    SELECT m.*, 1 AS depth, ${SIZE}::bigint AS bytes
      FROM (SELECT ${COLUMNS} FROM messages WHERE id = $1 AND chat_id = $2) m
    UNION ALL
    SELECT m.*, b.depth + 1, b.bytes + ${SIZE} FROM branch b
     CROSS JOIN LATERAL (SELECT ${COLUMNS} FROM messages WHERE id = b.parent_id AND chat_id = $2 LIMIT 1) m
     WHERE b.depth < $3::bigint AND b.bytes < $4::bigint)
  SELECT id, chat_id, parent_id, role, content, ${OTHERS}
    FROM branch WHERE depth = 1 OR bytes <= $4 ORDER BY depth DESC`;

/** Also of a deleted message, whose parent is a living one: who pages by it goes on where it was. */
async function parentOf(db: Queryable, chatId: string, messageId: string): Promise<string | null> {
  const { rows } = await db.query<{ parentId: string | null }>(
    'SELECT parent_id AS "parentId" FROM messages WHERE id = $1 AND chat_id = $2',
    [messageId, chatId],
  );
  if (!rows[0]) throw invalidInput('before', say('not_in_this_chat'));
  return rows[0].parentId;
}
