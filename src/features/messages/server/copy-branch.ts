import type { Queryable } from '#platform/database/database.ts';

/** What was copied: the new leaf (null when the message is gone), the bytes of all of it, and whether the original holds a reply of `unfinished`. */
export type Copied = { leafId: string | null; bytes: number; isUnfinished: boolean };

/**
 * Copies the branch that ends in a message into another chat, under new ids, in one statement however long it is. What tells of
 * generations stays with the original, but for how each reply ended.
 */
export async function copyBranch(
  db: Queryable,
  messageId: string,
  chatId: string,
  { unfinished, bytesOf }: { unfinished: readonly string[]; bytesOf: (message: string) => string },
): Promise<Copied> {
  const { rows } = await db.query<Copied>({
    name: 'copy-branch',
    text: copySql(bytesOf),
    values: [messageId, chatId, unfinished],
  });
  return rows[0]!;
}

const copySql = (bytesOf: (message: string) => string): string => `
  WITH RECURSIVE branch AS (
    SELECT id, parent_id, 1 AS depth FROM messages WHERE id = $1 AND deleted_at IS NULL
    UNION ALL
    SELECT m.id, m.parent_id, b.depth + 1 FROM branch b
    CROSS JOIN LATERAL (SELECT id, parent_id FROM messages WHERE id = b.parent_id LIMIT 1) m
  ), named AS MATERIALIZED (
    SELECT id, depth, gen_random_uuid() AS new_id FROM branch
  ), placed AS (
    SELECT id, depth, new_id, lag(new_id) OVER (ORDER BY depth DESC) AS new_parent FROM named
  ), copied AS (
    INSERT INTO messages AS n (id, chat_id, parent_id, role, content, ending, agent_id, metadata, source, excluded, created_at)
    SELECT p.new_id, $2, p.new_parent, m.role, m.content, m.ending, m.agent_id, m.metadata, m.source, m.excluded, m.created_at
    FROM placed p CROSS JOIN LATERAL (SELECT * FROM messages WHERE id = p.id LIMIT 1) m
    -- A parent is older than its children, also by its ordinal.
    ORDER BY p.depth DESC
    RETURNING ${bytesOf('n')} AS bytes
  )
  SELECT (SELECT new_id FROM named WHERE depth = 1) AS "leafId",
    (SELECT sum(bytes)::bigint FROM copied) AS bytes,
    EXISTS (SELECT FROM named WHERE id = ANY($3::uuid[])) AS "isUnfinished"`;
