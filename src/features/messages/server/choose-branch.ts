/** Moving to another branch, and which one was seen last below each message. The chat's lock is the caller's. */
import type { Queryable } from '#platform/database/database.ts';

/** A message, and the one below it that is to be shown. */
type Choice = { parentId: string; childId: string };
type Way = { onBranch: boolean; choices: Choice[] };

/**
 * The leaf to be shown when `messageId`, a living message of the chat, is gone to from the branch that ends in `leafId`; null when it
 * is on that branch. Else what leads to it is shown from now on where its branch leaves the one that was shown, the way that is
 * left is remembered, and the leaf is the one that was seen last below the message.
 */
export async function chooseBranch(
  db: Queryable,
  messageId: string,
  leafId: string | null,
): Promise<string | null> {
  const { rows } = await db.query<Way>({ name: 'way-between', text: WAY, values: [messageId, leafId] });
  const { onBranch, choices } = rows[0]!;
  if (onBranch) return null;
  await remember(db, choices);
  return leafBelow(db, messageId);
}

/** Has messages show these below them. */
export async function remember(db: Queryable, choices: readonly Choice[]): Promise<void> {
  if (choices.length === 0) return;
  await db.query({
    name: 'remember-choices',
    text: `UPDATE messages m SET chosen_child_id = c.child FROM unnest($1::uuid[], $2::uuid[]) AS c (parent, child)
           WHERE m.id = c.parent`,
    values: [choices.map(({ parentId }) => parentId), choices.map(({ childId }) => childId)],
  });
}

async function leafBelow(db: Queryable, messageId: string): Promise<string> {
  const { rows } = await db.query<{ id: string }>({ name: 'leaf-below', text: DOWN, values: [messageId] });
  return rows[0]!.id;
}

// From both messages up to where they meet: always from the younger of the two, because a parent is older than its children.
// A chat's messages may have several roots, and then they meet nowhere.
const WAY = `
  WITH RECURSIVE climb AS (
    SELECT x.id AS a, x.ordinal AS a_at, x.parent_id AS a_up, l.id AS b, l.ordinal AS b_at, l.parent_id AS b_up,
      false AS from_a, NULL::uuid AS parent, NULL::uuid AS shown, NULL::uuid AS child, NULL::bigint AS child_at, 0 AS step
    FROM messages x LEFT JOIN messages l ON l.id = $2 WHERE x.id = $1
    UNION ALL
    SELECT CASE WHEN up_a THEN m.id ELSE c.a END, CASE WHEN up_a THEN m.ordinal ELSE c.a_at END,
      CASE WHEN up_a THEN m.parent_id ELSE c.a_up END, CASE WHEN up_a THEN c.b ELSE m.id END,
      CASE WHEN up_a THEN c.b_at ELSE m.ordinal END, CASE WHEN up_a THEN c.b_up ELSE m.parent_id END,
      up_a, m.id, m.chosen_child_id, CASE WHEN up_a THEN c.a ELSE c.b END, CASE WHEN up_a THEN c.a_at ELSE c.b_at END,
      c.step + 1
    FROM (SELECT *, a_up IS NOT NULL AND (b_up IS NULL OR a_at > b_at) AS up_a FROM climb
          WHERE a IS DISTINCT FROM b AND (a_up IS NOT NULL OR b_up IS NOT NULL)) c
    CROSS JOIN LATERAL (SELECT id, ordinal, parent_id, chosen_child_id FROM messages
                        WHERE id = CASE WHEN c.up_a THEN c.a_up ELSE c.b_up END LIMIT 1) m
  ), met AS (
    SELECT a, a = b AS met FROM climb ORDER BY step DESC LIMIT 1
  ), changed AS (
    -- Where they have met, what is gone to is shown. Nothing is written where the newest is, which needs no choice.
    SELECT c.parent, c.child FROM climb c CROSS JOIN met
    WHERE c.parent IS NOT NULL AND (c.from_a OR met.met IS NOT TRUE OR c.parent <> met.a)
      AND c.shown IS DISTINCT FROM c.child AND (c.shown IS NOT NULL OR EXISTS (
        SELECT FROM messages n WHERE n.parent_id = c.parent AND n.ordinal > c.child_at AND n.deleted_at IS NULL))
  )
  SELECT (SELECT met AND a = $1 FROM met) IS TRUE AS "onBranch",
    coalesce((SELECT json_agg(json_build_object('parentId', parent, 'childId', child)) FROM changed), '[]') AS choices`;

const DOWN = `
  WITH RECURSIVE down AS (
    SELECT id, chosen_child_id, 1 AS depth FROM messages WHERE id = $1
    UNION ALL
    SELECT c.id, c.chosen_child_id, d.depth + 1 FROM down d CROSS JOIN LATERAL (
      SELECT id, chosen_child_id FROM messages WHERE parent_id = d.id AND deleted_at IS NULL
      ORDER BY (id = d.chosen_child_id) DESC, ordinal DESC LIMIT 1) c)
  SELECT id FROM down ORDER BY depth DESC LIMIT 1`;
