import { shareBytes } from '#features/accounts/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { SPACES } from '#platform/database/white-space.ts';
import { AppError } from '#platform/errors.ts';
import type { ShareRow } from './access.ts';
import { say } from './say.ts';

/** The text of one copy, as JSON: it is sent and drawn as a whole. */
export const MOST_SHARED_BYTES = 8 * 1024 * 1024;
/** What may stand around it in a branch and is not copied: calls of tools, their results, reasoning. */
const MOST_READ_BYTES = 64 * 1024 * 1024;

/** A link that is to be made, and the message at which the branch that it shows ends. */
export type NewLink = Pick<ShareRow, 'id' | 'chatId' | 'userId' | 'hash' | 'title' | 'withReasoning'> & {
  leafMessageId: string | null;
  expiresAt: string | null;
};
/** What was made, and the bytes it takes. */
export type FrozenBranch = Pick<
  ShareRow,
  'id' | 'createdAt' | 'expiresAt' | 'withReasoning' | 'messageCount'
> & { bytes: number };

/**
 * Copies the branch that ends in a message to a link: what was said by people and models, in order, and nothing else. Instructions and
 * what tools answered are left out, as is what has no text: a reply that is still written, or ended without a word. 413 when it is too
 * much. PostgreSQL does it, because ten thousand messages that are read, taken apart and written here hold up everybody else for a third of a second.
 */
export async function freezeBranch(db: Queryable, link: NewLink): Promise<FrozenBranch> {
  const { id, chatId, userId, hash, title, withReasoning, expiresAt, leafMessageId } = link;
  const { rows } = await db.query({
    name: 'freeze-branch',
    text: FREEZE,
    values: [id, chatId, userId, hash, title, withReasoning, expiresAt, leafMessageId],
  });
  if (rows[0]) return camelRow(rows[0]);
  throw new AppError('too_large', say('share_too_long', { mebibytes: MOST_SHARED_BYTES / 2 ** 20 }));
}

// The walk is that of `branchOf`: one look-up for each message, LIMIT 1 against scans.
const WALK = `
  SELECT m.*, 1 AS depth, octet_length(m.content::text)::bigint AS bytes
    FROM (SELECT id, parent_id, role, content FROM messages WHERE id = $8::uuid AND chat_id = $2::uuid) m
  UNION ALL
  SELECT m.*, b.depth + 1, b.bytes + octet_length(m.content::text) FROM branch b
   CROSS JOIN LATERAL (
     SELECT id, parent_id, role, content FROM messages WHERE id = b.parent_id AND chat_id = $2 LIMIT 1
   ) m WHERE b.bytes <= ${MOST_READ_BYTES}`;
const FREEZE = `
  WITH RECURSIVE branch AS (${WALK}), said AS (
    SELECT b.depth, b.role, c.parts FROM branch b CROSS JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('type', part -> 'type', 'text', part -> 'text') ORDER BY place) AS parts,
        bool_or(part ->> 'text' ~ '[^${SPACES}]') AS has_text
      FROM jsonb_array_elements(b.content) WITH ORDINALITY AS p(part, place)
      WHERE part ->> 'type' = 'text' OR ($6::boolean AND part ->> 'type' = 'reasoning')
    ) c WHERE b.role IN ('user', 'assistant') AND c.has_text
  ), copied AS MATERIALIZED (
    SELECT coalesce(jsonb_agg(jsonb_build_object('role', role, 'content', parts) ORDER BY depth DESC), '[]') AS messages,
      count(*)::int AS message_count FROM said
  )
  INSERT INTO shares AS s (id, chat_id, user_id, hash, title, messages, message_count, with_reasoning, expires_at)
  SELECT $1::uuid, $2, $3::uuid, $4::text, $5::text, messages, message_count, $6, $7::timestamptz FROM copied
  WHERE octet_length(messages::text) <= ${MOST_SHARED_BYTES}
    AND coalesce((SELECT max(bytes) FROM branch), 0) <= ${MOST_READ_BYTES}
  RETURNING id, created_at, expires_at, with_reasoning, message_count, ${shareBytes('s')} AS bytes`;
