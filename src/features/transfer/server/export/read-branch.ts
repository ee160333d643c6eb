import type { Part, Role } from '#features/messages/messages.ts';
import type { Tx } from '#platform/database/database.ts';

/** Messages read at a time, and the bytes of their content. */
const PAGE = { rows: 200, bytes: 2 * 2 ** 20 };

/** A message of the shown branch, with who says it. */
export type Turn = {
  id: string;
  role: Role;
  content: Part[];
  /** A person's name, an agent's or the id of a model; null where none of them is known. */
  name: string | null;
  /** Null where it is not known. */
  createdAt: Date | null;
  excluded: boolean;
};

/** The shown branch of a chat, oldest first, a page at a time. */
export async function* readBranch(
  tx: Tx,
  { id, leafMessageId }: { id: string; leafMessageId: string | null },
): AsyncGenerator<Turn[]> {
  if (leafMessageId === null) return;
  const walked = await tx.query<{ ids: string[] | null }>(WALK, [leafMessageId, id]);
  for (let ids = walked.rows[0]?.ids ?? []; ids.length > 0; ) {
    const { rows } = await tx.query<Turn>({
      name: 'export-turns',
      text: TURNS,
      values: [ids.slice(0, PAGE.rows), id, PAGE.bytes],
    });
    if (rows.length === 0) return;
    yield rows;
    ids = ids.slice(rows.length);
  }
}

const WALK = `
  WITH RECURSIVE branch AS (
    SELECT id, parent_id, 1 AS depth FROM messages WHERE id = $1 AND chat_id = $2 AND deleted_at IS NULL
    UNION ALL
    SELECT m.id, m.parent_id, b.depth + 1 FROM branch b
    CROSS JOIN LATERAL (SELECT id, parent_id FROM messages WHERE id = b.parent_id AND chat_id = $2 LIMIT 1) m)
  SELECT array_agg(id ORDER BY depth DESC) AS ids FROM branch`;

const BY_A_PERSON = `(m.role = 'user' OR m.source = 'human_edit')`;
const TURNS = `
  SELECT m.id, m.role, m.content, m.excluded,
    CASE WHEN o.record->'unknown' ? 'createdAt' THEN NULL ELSE m.created_at END AS "createdAt",
    CASE WHEN m.role = 'assistant' AND NOT ${BY_A_PERSON} THEN
      coalesce((SELECT v.name FROM agents a JOIN agent_versions v ON v.agent_id = a.id AND v.version = a.version
                WHERE a.id = m.agent_id), m.ending->>'model')
    WHEN ${BY_A_PERSON} AND o.record->'keys'->>'author' IS NULL THEN
      (SELECT u.name FROM users u WHERE u.id = coalesce(m.author_id, c.user_id)) END AS name
  FROM (
    SELECT n.*, sum(octet_length(n.content::text)) OVER (ORDER BY n.place) AS up_to
    FROM (SELECT s.*, w.place FROM unnest($1::uuid[]) WITH ORDINALITY AS w (id, place)
          JOIN messages s ON s.id = w.id) n) m
  JOIN chats c ON c.id = $2
  LEFT JOIN originals o ON o.chat_id = m.chat_id AND o.message_id = m.id
  WHERE m.place = 1 OR m.up_to <= $3 ORDER BY m.place`;
