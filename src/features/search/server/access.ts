/** What somebody finds: only in chats that they may read now. The one place that decides; the index merely says where to look. */
import { mayWithChat } from '#features/projects/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';

/** SQL: chat `c` can be found by the user, which is asked of the chat and the memberships as they are. */
export const mayFind = (user: string): string =>
  `(c.deleted_at IS NULL AND NOT c.temporary AND ${mayWithChat('read', 'c', user)})`;

/** Where in the index something of theirs may be: their own id, and their projects'. */
export async function scopesOf(db: Queryable, userId: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'search-scopes',
    text: 'SELECT project_id AS id FROM project_members WHERE user_id = $1',
    values: [userId],
  });
  return [userId, ...rows.map(({ id }) => id)];
}

/** SQL: the projects the user is a member of, by name or id in lower case. */
export const projectsNamed = (user: string, name: string): string =>
  `(SELECT p.id FROM project_members m JOIN projects p ON p.id = m.project_id
    WHERE m.user_id = ${user} AND p.deleted_at IS NULL AND (lower(p.name) = ${name} OR p.id::text = ${name}))`;

/** SQL: message `m` of chat `c` was written by the user. Within CASE PostgreSQL takes half of them to be, which is near, and not one in hundreds. */
export const saidBy = (user: string): string =>
  `CASE WHEN m.role = 'user' THEN coalesce(m.author_id, c.user_id) = ${user} ELSE false END`;
