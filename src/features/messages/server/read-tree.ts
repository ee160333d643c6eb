import type { Queryable } from '#platform/database/database.ts';

/** Of each message, in characters. */
const PREVIEW = 80;
/** White space at the beginning and within is drawn together, so that somewhat more is read. */
const READ = 200;
/** White space as JavaScript and Unicode know it, whatever the database's locale does. */
const SPACES = '[\\s\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]+';

const TEXT = `coalesce(jsonb_path_query_first(content, '$[*] ? (@.type == "text").text') #>> '{}', '')`;

/**
 * Every living message of a chat, oldest first: an array of `TreeNode`, as JSON. `states` are those of the generations that go on, by
 * their ids. PostgreSQL writes it, because ten thousand nodes that were made and checked here would hold up everybody else for
 * a tenth of a second.
 */
export async function readTree(
  db: Queryable,
  chatId: string,
  states: ReadonlyMap<string, 'queued' | 'running'>,
): Promise<string> {
  const { rows } = await db.query<{ nodes: string }>({
    name: 'read-tree',
    text: `SELECT coalesce(json_agg(n), '[]')::text AS nodes FROM (
             SELECT id, parent_id AS "parentId", role,
               left(btrim(regexp_replace(left(${TEXT}, ${READ}), '${SPACES}', ' ', 'g')), ${PREVIEW}) AS preview,
               to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt",
               coalesce(ending ->> 'state', $2::jsonb ->> generation_id::text) AS state
             FROM messages WHERE chat_id = $1 AND deleted_at IS NULL ORDER BY ordinal) n`,
    values: [chatId, JSON.stringify(Object.fromEntries(states))],
  });
  return rows[0]!.nodes;
}
