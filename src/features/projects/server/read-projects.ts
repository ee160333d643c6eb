import { exactTime, readCursor, writeCursor } from '#platform/database/activity-cursor.ts';
import type { Queryable } from '#platform/database/database.ts';
import { containing } from '#platform/database/like.ts';
import { PAGE_BYTES } from '#platform/database/page-bytes.ts';
import { camelRow } from '#platform/database/rows.ts';
import { notFound } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Project, ProjectFilter } from '../projects.ts';
import { IS_MEMBER, MEMBER_READS, type OwnProject } from './access.ts';
import { presentProject, type Shown } from './present-project.ts';
import { say } from './say.ts';

/** Of the chats of project `p` those that user `$1`, a member, may read. */
const READABLE = `c.project_id = p.id AND c.deleted_at IS NULL AND ${MEMBER_READS}`;

// Nothing is kept with the project that a send would have to change: everybody who says something in it would wait there.
const SHOWN = `
  SELECT p.*, m.role, greatest(p.created_at, latest.active_at) AS active_at, said.count AS chat_count,
    (SELECT count(*) FROM project_members o WHERE o.project_id = p.id)::int AS member_count,
    coalesce(told.content, '') AS instructions, coalesce(told.version, 0) AS context_version
  FROM project_members m JOIN projects p ON p.id = m.project_id
  LEFT JOIN LATERAL (SELECT c.active_at FROM chats c WHERE ${READABLE} ORDER BY c.active_at DESC LIMIT 1) latest ON true
  CROSS JOIN LATERAL (SELECT count(*)::int FROM chats c WHERE ${READABLE}) said
  LEFT JOIN LATERAL (SELECT v.version, v.content FROM context_versions v
    WHERE v.kind = 'project' AND v.owner_id = p.id ORDER BY v.version DESC LIMIT 1) told ON true
  WHERE ${IS_MEMBER}`;

/** A project as the asker sees it; 404 for who is no member. */
export async function readProject(db: Queryable, asker: Principal, projectId: string): Promise<Project> {
  const project = await findProject(db, asker, projectId);
  if (!project) throw notFound(say('no_such_project'));
  return project;
}

/** The same; null for who is no member. */
export async function findProject(
  db: Queryable,
  asker: Pick<Principal, 'userId'>,
  projectId: string,
): Promise<Project | null> {
  const { rows } = await db.query({
    name: 'read-project',
    text: `${SHOWN} AND p.id = $2`,
    values: [asker.userId, projectId],
  });
  return rows[0] ? presentProject(camelRow<OwnProject & Shown>(rows[0])) : null;
}

/** A page of the asker's projects, newest activity first. 400 for a cursor that is none. */
export async function listProjects(
  db: Queryable,
  asker: Principal,
  { archived, q, cursor, limit }: ProjectFilter,
): Promise<{ items: Project[]; nextCursor: string | null }> {
  const after = cursor === undefined ? null : readCursor(cursor);
  const { rows } = await db.query<Record<string, unknown> & { exact: string; id: string; found: number }>({
    name: 'list-projects',
    text: `WITH next AS (
             SELECT *, ${exactTime('active_at')} AS exact FROM (${SHOWN}) shown
             WHERE ($2::bool IS NULL OR archived = $2)
               AND ($3::text IS NULL OR name ILIKE $3 OR description ILIKE $3)
               AND ($4::timestamptz IS NULL OR (active_at, id) < ($4, $5::uuid))
             ORDER BY active_at DESC, id DESC LIMIT $6
           ), measured AS (
             SELECT *, row_number() OVER newest AS place, count(*) OVER ()::int AS found,
               sum(octet_length(description) + octet_length(instructions)) OVER newest AS up_to
             FROM next WINDOW newest AS (ORDER BY active_at DESC, id DESC)
           )
           SELECT * FROM measured WHERE place = 1 OR up_to <= ${PAGE_BYTES} ORDER BY place`,
    values: [
      asker.userId,
      archived === 'all' ? null : archived === 'true',
      q === undefined ? null : containing(q),
      after?.activeAt ?? null,
      after?.id ?? null,
      limit + 1,
    ],
  });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => presentProject(camelRow<OwnProject & Shown>(row))),
    nextCursor: last && last.found > items.length ? writeCursor({ activeAt: last.exact, id: last.id }) : null,
  };
}
