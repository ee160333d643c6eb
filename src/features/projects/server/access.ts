/** Who may do what with a project and with the chats in it: the one place that decides. */
import type { Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { UNDO_TIME } from '#platform/database/undo-time.ts';
import { AppError, invalidInput, notFound } from '#platform/errors.ts';
import type { Principal, Right } from '#platform/principal.ts';
import type { ProjectRole } from '../rules.ts';
import { say } from './say.ts';
import type { projects } from './tables.ts';

export type ProjectRow = typeof projects.$inferSelect;
/** A project with what the asker is in it. */
export type OwnProject = ProjectRow & { role: ProjectRole };

const ROLES: Record<Right, readonly ProjectRole[]> = {
  read: ['owner', 'editor', 'viewer'],
  write: ['owner', 'editor'],
  manage: ['owner'],
};

/** SQL: of member `m`, in a chat `c` that is shared. Its author manages it as long as they may write. */
const ENOUGH: Record<Right, (c: string, user: string) => string> = {
  read: () => 'true',
  write: () => `m.role <> 'viewer'`,
  manage: (c, user) => `(m.role = 'owner' OR (m.role = 'editor' AND ${c}.user_id = ${user}))`,
};

/**
 * SQL: the user (a parameter or a column) has the right to chat `c`. A private chat is its author's alone, whatever project it
 * is in; a shared one is the members', of whom its author may not be one any more. Says nothing of deleted ones.
 */
export const mayWithChat = (right: Right, c: string, user: string): string =>
  `(CASE WHEN ${c}.visibility = 'private' THEN ${c}.user_id = ${user} ELSE EXISTS (
     SELECT FROM project_members m WHERE m.project_id = ${c}.project_id AND m.user_id = ${user}
       AND ${ENOUGH[right](c, user)}) END)`;

/** SQL: the user is a member of a project, which is there, and there not merely a viewer where they are to `write`. */
export const isMemberOf = (projectId: string, user: string, right: 'read' | 'write' = 'read'): string =>
  `EXISTS (SELECT FROM project_members m JOIN projects there ON there.id = m.project_id
     WHERE m.project_id = ${projectId} AND m.user_id = ${user} AND there.deleted_at IS NULL
       ${right === 'write' ? `AND m.role <> 'viewer'` : ''})`;

/** SQL: a member, user `$1`, may read chat `c` of their project. */
export const MEMBER_READS = `(c.visibility = 'shared' OR c.user_id = $1)`;

/** SQL: user `$1` is member `m` of project `p`, which is there. */
export const IS_MEMBER = 'm.user_id = $1 AND p.deleted_at IS NULL';
/** SQL: the row of member `$2` of project `$1`; of a chat: that it is theirs, in that project. */
export const OF_MEMBER = 'project_id = $1 AND user_id = $2';

type Options = {
  /**
   * Locks it to the end of the transaction: `share` so that it cannot be deleted meanwhile, `no key update` for who changes
   * it or its members. A user is locked before, a chat after it.
   */
  lock?: 'share' | 'no key update';
  /** Finds it while its deletion can be undone. */
  evenDeleted?: boolean;
};

/** The project; 404 for a stranger's, a deleted and an unknown one alike, 403 for a member without the right. */
export async function projectFor(
  db: Queryable,
  asker: Principal,
  projectId: string,
  right: Right,
  { lock, evenDeleted = false }: Options = {},
): Promise<OwnProject> {
  const { rows } = await db.query({
    name: `project-for-${lock ?? 'unlocked'}${evenDeleted ? '-deleted' : ''}`,
    text: `SELECT p.*, m.role FROM project_members m JOIN projects p ON p.id = m.project_id
           WHERE p.id = $2 AND m.user_id = $1
             AND (p.deleted_at IS NULL OR ${evenDeleted ? `p.deleted_at > now() - ${UNDO_TIME}` : 'false'})
           ${lock ? `FOR ${lock} OF p` : ''}`,
    values: [asker.userId, projectId],
  });
  const found = rows[0] && camelRow<OwnProject>(rows[0]);
  if (!found) throw notFound(say('no_such_project'));
  if (!ROLES[right].includes(found.role))
    throw new AppError('forbidden', say(right === 'manage' ? 'needs_owner' : 'needs_editor'));
  return found;
}

/** The same for a project that is named in a body: one that is not found is a field of it, 400. */
export async function projectNamed(
  db: Queryable,
  asker: Principal,
  projectId: string,
  right: Right,
  options: Options = {},
): Promise<OwnProject> {
  return projectFor(db, asker, projectId, right, options).catch((error) => {
    if (error instanceof AppError && error.code === 'not_found')
      throw invalidInput('projectId', error.sentence);
    throw error;
  });
}

/** What somebody is in a project, there or deleted; null for who is no member. */
export async function roleOf(db: Queryable, projectId: string, userId: string): Promise<ProjectRole | null> {
  const { rows } = await db.query<{ role: ProjectRole }>(
    `SELECT role FROM project_members WHERE ${OF_MEMBER}`,
    [projectId, userId],
  );
  return rows[0]?.role ?? null;
}

/** The ids of the projects that each of these users is a member of. */
export async function projectIdsOf(
  db: Queryable,
  userIds: readonly string[],
): Promise<Map<string, string[]>> {
  const { rows } = await db.query<{ userId: string; ids: string[] }>({
    name: 'project-ids-of',
    text: `SELECT m.user_id AS "userId", array_agg(m.project_id) AS ids
           FROM project_members m JOIN projects p ON p.id = m.project_id
           WHERE m.user_id = ANY($1) AND p.deleted_at IS NULL GROUP BY 1`,
    values: [userIds],
  });
  return new Map(rows.map(({ userId, ids }) => [userId, ids]));
}
