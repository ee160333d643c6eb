/** What admins do with users: find them, set their limits and roles, shut them out. */
import { recordAct } from '#features/audit/server/index.ts';
import { inTransaction, type Tx } from '#platform/database/database.ts';
import { containing } from '#platform/database/like.ts';
import { AppError, notFound } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { type AdminUser, type AdminUserPatch, LIMIT_NAMES } from '../accounts.ts';
import { FORMER_USER_ID } from '../rules.ts';
import { OWN } from './access.ts';
import { principalsChanged } from './change-principals.ts';
import { LIMIT_COLUMN, OWN_LIMITS } from './limit-sql.ts';
import { activeChats } from './limits.ts';
import { say } from './say.ts';

type Row = Omit<AdminUser, 'createdAt' | 'lastActiveAt'> & { createdAt: Date; lastActiveAt: Date };

const SELECT = `
  SELECT u.id, u.name, CASE WHEN u.is_anonymous THEN '' ELSE u.email END AS email,
         u.email_verified AS "emailVerified",
         CASE WHEN u.is_anonymous THEN 'guest' ELSE u.role END AS role, u.disabled_at IS NOT NULL AS disabled,
         u.two_factor_enabled AS "twoFactor",
         ${OWN_LIMITS},
         (${activeChats('u.id')}) AS "chatCount",
         u.created_at AS "createdAt", u.last_active_at AS "lastActiveAt"
  FROM users u`;

/** A page of users, newest first. `q` looks for a part of the name or the e-mail address. */
export async function listUsers(
  { db }: Services,
  query: { q?: string | undefined; role?: string | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: AdminUser[]; nextCursor: string | null }> {
  const { rows } = await db.$client.query<Row>(
    `${SELECT}
     WHERE u.id <> '${FORMER_USER_ID}' AND ($1::text IS NULL OR u.name ILIKE $1 OR (u.email ILIKE $1 AND NOT u.is_anonymous))
       AND ($2::text IS NULL OR $2 = CASE WHEN u.is_anonymous THEN 'guest' ELSE u.role END)
       AND ($3::uuid IS NULL OR u.id < $3)
     ORDER BY u.id DESC LIMIT $4`,
    [query.q ? containing(query.q) : null, query.role ?? null, query.cursor ?? null, query.limit + 1],
  );
  const items = rows.slice(0, query.limit).map(toAdminUser);
  return { items, nextCursor: rows.length > query.limit ? items.at(-1)!.id : null };
}

/** One user. 404 when there is none. */
export async function readUser({ db }: Services, id: string): Promise<AdminUser> {
  const { rows } = await db.$client.query<Row>(`${SELECT} WHERE u.id = $1`, [id]);
  if (!rows[0] || id === FORMER_USER_ID) throw notFound(say('no_such_user'));
  return toAdminUser(rows[0]);
}

/** Changes a user; disabling one ends their sessions and streams. 409 when no enabled admin would be left. */
export async function updateUser(
  services: Services,
  asker: Principal,
  id: string,
  patch: AdminUserPatch,
): Promise<AdminUser> {
  await inTransaction(services.db, async (client) => {
    // Two admins who demote each other at once must not both succeed: one such change at a time.
    await client.query('SELECT FROM instance FOR UPDATE');
    const { rows } = await client.query<{ name: string; is_anonymous: boolean }>(
      'SELECT name, is_anonymous FROM users WHERE id = $1 FOR UPDATE',
      [id],
    );
    if (!rows[0] || id === FORMER_USER_ID) throw notFound(say('no_such_user'));
    if (patch.role && rows[0].is_anonymous) throw new AppError('conflict', say('guest_has_no_role'));
    await setRoleAndAccess(client, id, patch);
    await setLimits(client, id, patch);
    await recordAct(client, asker, 'user.change', { kind: 'user', id, name: rows[0].name }, patch);
  });
  principalsChanged(services);
  return readUser(services, id);
}

async function setRoleAndAccess(client: Tx, id: string, { role, disabled }: AdminUserPatch): Promise<void> {
  if (role === undefined && disabled === undefined) return;
  await client.query(
    `UPDATE users SET
       role = coalesce($2, role),
       disabled_at = CASE WHEN $3 THEN coalesce(disabled_at, now()) WHEN NOT $3 THEN NULL ELSE disabled_at END,
       updated_at = now()
     WHERE id = $1`,
    [id, role ?? null, disabled ?? null],
  );
  // A guest's cookie is all they have: kept, so that they can be let in again. Until then it opens nothing.
  if (disabled)
    await client.query(
      `DELETE FROM sessions USING users u WHERE ${OWN} AND u.id = user_id AND NOT u.is_anonymous`,
      [id],
    );
  const left = await client.query(
    `SELECT FROM users WHERE role = 'admin' AND NOT is_anonymous AND disabled_at IS NULL LIMIT 1`,
  );
  if (!left.rowCount) throw new AppError('conflict', say('last_admin'));
}

async function setLimits(client: Tx, id: string, patch: AdminUserPatch): Promise<void> {
  const given = LIMIT_NAMES.filter((name) => patch[name] !== undefined);
  if (given.length === 0) return;
  const sets = given.map((name, index) => `${LIMIT_COLUMN[name]} = $${index + 2}`);
  await client.query(`UPDATE users SET ${sets.join(', ')}, updated_at = now() WHERE id = $1`, [
    id,
    ...given.map((name) => patch[name]),
  ]);
}

const toAdminUser = (row: Row): AdminUser => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  lastActiveAt: row.lastActiveAt.toISOString(),
});
