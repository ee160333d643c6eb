import type { Queryable } from '#platform/database/database.ts';
import type { TreeNode } from '../messages.ts';

/** Of each message, in characters. */
const PREVIEW = 80;
/** White space at the beginning and within is drawn together, so that somewhat more is read. */
const READ = 200;

type Row = Omit<TreeNode, 'createdAt'> & { createdAt: Date; generationId: string | null };

/** Every living message of a chat, oldest first. `states` are those of the generations that go on, by their ids. */
export async function readTree(
  db: Queryable,
  chatId: string,
  states: ReadonlyMap<string, 'queued' | 'running'>,
): Promise<TreeNode[]> {
  const { rows } = await db.query<Row>({
    name: 'read-tree',
    text: `SELECT id, parent_id AS "parentId", role, generation_id AS "generationId", created_at AS "createdAt",
             ending ->> 'state' AS state,
             coalesce(left(jsonb_path_query_first(content, '$[*] ? (@.type == "text").text') #>> '{}', ${READ}), '')
               AS preview
           FROM messages WHERE chat_id = $1 AND deleted_at IS NULL ORDER BY ordinal`,
    values: [chatId],
  });
  return rows.map(({ generationId, createdAt, preview, state, ...row }) => ({
    ...row,
    preview: preview.replace(/\s+/g, ' ').trim().slice(0, PREVIEW).toWellFormed(),
    createdAt: createdAt.toISOString(),
    state: state ?? states.get(generationId ?? '') ?? null,
  }));
}
