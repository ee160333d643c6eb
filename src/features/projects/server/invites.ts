/** Links that invite into a project. The token is all one needs, so only its hash is kept. */
import { inTransaction, type Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import { AppError, invalidInput, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import { hashOfToken, newToken } from '#platform/secret-token.ts';
import type { Services } from '#platform/services.ts';
import type { Invite, NewInvite, Project } from '../projects.ts';
import type { ProjectRole } from '../rules.ts';
import { projectFor, roleOf } from './access.ts';
import { addMember } from './members.ts';
import { assertRoomForInvite, IS_GOOD, lockUser } from './project-limits.ts';
import { projectChanged } from './publish-project.ts';
import { readProject } from './read-projects.ts';
import { say } from './say.ts';

type Row = {
  id: string;
  projectId: string;
  role: ProjectRole;
  expiresAt: Date | null;
  maxUses: number | null;
  uses: number;
  createdAt: Date;
};

/** Makes an invitation; the answer is the only place that ever has its token. For owners. */
export async function createInvite(
  services: Services,
  asker: Principal,
  projectId: string,
  { role, expiresAt, maxUses }: NewInvite,
): Promise<Invite & { token: string }> {
  if (expiresAt && Date.parse(expiresAt) <= Date.now())
    throw invalidInput('expiresAt', say('invite_expired_already', { field: 'expiresAt' }));
  const token = newToken();
  return inTransaction(services.db, async (tx) => {
    await projectFor(tx, asker, projectId, 'manage', { lock: 'no key update' });
    if (asker.role === 'guest') throw new AppError('forbidden', say('guests_alone'));
    await assertRoomForInvite(tx, projectId);
    const { rows } = await tx.query(
      `INSERT INTO project_invites (id, project_id, hash, role, expires_at, max_uses)
       VALUES ($1, $2, $3, $4, $5, $6) RETURNING *`,
      [newId(), projectId, hashOfToken(token), role, expiresAt ?? null, maxUses ?? null],
    );
    return { ...presentInvite(camelRow<Row>(rows[0]!)), token };
  });
}

/** The invitations that are still good, newest first. For owners. */
export async function listInvites(db: Queryable, asker: Principal, projectId: string): Promise<Invite[]> {
  await projectFor(db, asker, projectId, 'manage');
  const { rows } = await db.query(
    `SELECT * FROM project_invites WHERE project_id = $1 AND ${IS_GOOD} ORDER BY created_at DESC, id DESC`,
    [projectId],
  );
  return rows.map((row) => presentInvite(camelRow<Row>(row)));
}

/** Withdraws an invitation; who has come in by it stays. For owners. */
export async function revokeInvite(
  services: Services,
  asker: Principal,
  projectId: string,
  inviteId: string,
): Promise<void> {
  const { $client } = services.db;
  await projectFor($client, asker, projectId, 'manage');
  const { rowCount } = await $client.query('DELETE FROM project_invites WHERE id = $1 AND project_id = $2', [
    inviteId,
    projectId,
  ]);
  if (!rowCount) throw notFound(say('no_such_invite'));
}

/**
 * Comes in by an invitation. Who is a member already stays what they are, and uses nothing up; 404 for a token that is unknown,
 * revoked, expired or used up.
 */
export async function joinProject(services: Services, asker: Principal, token: string): Promise<Project> {
  if (asker.role === 'guest') throw new AppError('forbidden', say('guests_alone'));
  const projectId = await inTransaction(services.db, async (tx) => {
    await lockUser(tx, asker.userId);
    const { rows } = await tx.query(
      `SELECT i.*, ${IS_GOOD} AS is_good FROM project_invites i JOIN projects p ON p.id = i.project_id
       WHERE i.hash = $1 AND p.deleted_at IS NULL FOR NO KEY UPDATE`,
      [hashOfToken(token)],
    );
    const invite = rows[0] && camelRow<Row & { isGood: boolean }>(rows[0]);
    if (!invite) throw notFound(say('invite_not_good'));
    if ((await roleOf(tx, invite.projectId, asker.userId)) !== null) return invite.projectId;
    if (!invite.isGood) throw notFound(say('invite_not_good'));
    await addMember(tx, invite.projectId, asker.userId, invite.role);
    await tx.query('UPDATE project_invites SET uses = uses + 1 WHERE id = $1', [invite.id]);
    return invite.projectId;
  });
  projectChanged(services, projectId, [asker.userId]);
  return readProject(services.db.$client, asker, projectId);
}

const presentInvite = (row: Row): Invite => ({
  id: row.id,
  role: row.role,
  expiresAt: row.expiresAt?.toISOString() ?? null,
  maxUses: row.maxUses,
  uses: row.uses,
  createdAt: row.createdAt.toISOString(),
});
