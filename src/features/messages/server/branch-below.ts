import type { Queryable } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import { assertMessageOf } from './assert-message-of.ts';
import { type BranchPage, branchOf, toMessageRow } from './branch-of.ts';
import { say } from './say.ts';

/** A page somewhere in a branch; `nextFrom` is the message with which the page below it begins, null at the leaf. */
export type InnerPage = BranchPage & { nextFrom: string | null };
type Bounds = { limit: number; bytes: number };

/**
 * The messages of the branch that ends in `leafId`, from `fromId` on: `limit` of them at most, and not more than `bytes` of content (a
 * message that is larger by itself comes alone). The way there is walked up from the leaf by ids alone, so that it costs a look-up by
 * primary key for each message between, and the contents of the page are all that is read. 400 for a message that is not on the branch.
 */
export async function branchBelow(
  db: Queryable,
  chatId: string,
  leafId: string | null,
  { fromId, field, limit, bytes }: Bounds & { fromId: string; field: 'from' | 'around' },
): Promise<InnerPage> {
  const walked = await db.query<{ id: string }>({
    name: 'branch-ids-from',
    text: IDS,
    values: [leafId, chatId, fromId, limit + 1],
  });
  const ids = walked.rows.map(({ id }) => id);
  if (ids[0] !== fromId) {
    await assertMessageOf(db, chatId, fromId, field);
    throw invalidInput(field, say('not_in_shown_branch'));
  }
  const { rows } = await db.query<{ content: string }>({
    name: 'branch-rows',
    text: ROWS,
    values: [ids.slice(0, limit), chatId, bytes],
  });
  const messages = rows.map(toMessageRow);
  const first = messages[0];
  return {
    messages,
    nextBefore: first?.parentId ? first.id : null,
    nextFrom: ids[messages.length] ?? null,
  };
}

/** A page with a message in the middle of it. */
export async function branchAround(
  db: Queryable,
  chatId: string,
  leafId: string | null,
  { messageId, limit, bytes }: Bounds & { messageId: string },
): Promise<InnerPage> {
  const above = Math.floor(limit / 2);
  const half = bytes / 2;
  const below = await branchBelow(db, chatId, leafId, {
    fromId: messageId,
    field: 'around',
    limit: limit - above,
    bytes: half,
  });
  if (above === 0 || below.nextBefore === null) return below;
  const upper = await branchOf(db, chatId, leafId, { before: messageId, limit: above, bytes: half });
  return { ...below, messages: [...upper.messages, ...below.messages], nextBefore: upper.nextBefore };
}

// LIMIT 1 keeps the planner from joining with a scan of the whole table, as in `branch-of.ts`.
const IDS = `
  WITH RECURSIVE branch AS (
    SELECT id, parent_id, 1 AS depth FROM messages WHERE id = $1 AND chat_id = $2
    UNION ALL
    SELECT m.id, m.parent_id, b.depth + 1 FROM branch b
     CROSS JOIN LATERAL (SELECT id, parent_id FROM messages WHERE id = b.parent_id AND chat_id = $2 LIMIT 1) m
     WHERE b.id <> $3)
  SELECT id FROM branch ORDER BY depth DESC LIMIT $4`;

const ROWS = `
  SELECT id, chat_id, parent_id, role, content, generation_id, agent_id, author_id, ending, metadata, source, edited_from,
    excluded, original_id, ordinal, created_at
  FROM (
    SELECT n.*, sum(octet_length(n.content) + octet_length(n.metadata::text)) OVER (ORDER BY n.place) AS up_to
    FROM (SELECT m.id, m.chat_id, m.parent_id, m.role, m.content::text AS content, m.generation_id, m.agent_id, m.author_id, m.ending,
            m.metadata, m.source, m.edited_from, m.excluded, m.original_id, m.ordinal, m.created_at, w.place
          FROM unnest($1::uuid[]) WITH ORDINALITY AS w (id, place)
          JOIN messages m ON m.id = w.id AND m.chat_id = $2) n) p
  WHERE place = 1 OR up_to <= $3 ORDER BY place`;
