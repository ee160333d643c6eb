/** Where somebody is signed in, and ending that. */
import { Id } from '#fields';
import type { Queryable } from '#platform/database/database.ts';
import { camelRow } from '#platform/database/rows.ts';
import type { Principal } from '#platform/principal.ts';
import type { SignIn } from '../accounts.ts';
import { OWN } from './access.ts';
import { principalsChanged } from './change-principals.ts';
import { done, forSessions, refused } from './own-auth-route.ts';
import { say } from './say.ts';

type Row = {
  id: string;
  userId: string;
  createdAt: Date;
  updatedAt: Date;
  expiresAt: Date;
  ipAddress: string | null;
  userAgent: string | null;
};

/**
 * The asker's sessions, the one used last first. In better-auth's place: its own list has every session's token in it, with which
 * whoever gets at one browser would be in all the others.
 */
export const listSessions = forSessions(async ({ services: { db }, asker }) => {
  const { userId } = asker;
  return Response.json(await signInsOf(db.$client, userId, asker));
});

/** Ends one of the asker's own sessions, by its id, or as better-auth does by its token. */
export const revokeSession = forSessions(async ({ services, asker, body }) => {
  const id = Id.safeParse(body.id);
  const token = typeof body.token === 'string' ? body.token : null;
  const { rowCount } = await services.db.$client.query(
    `DELETE FROM sessions WHERE ${OWN} AND (id = $2 OR token = $3)`,
    [asker.userId, id.success ? id.data : null, token],
  );
  if (!rowCount) return refused(404, 'SESSION_NOT_FOUND', say('no_such_session'));
  principalsChanged(services);
  return done();
});

/** The sessions of a user, the one used last first; `current` is that of who asks. */
export async function signInsOf(db: Queryable, userId: string, { via }: Principal): Promise<SignIn[]> {
  const current = via.kind === 'session' ? via.sessionId : null;
  const { rows } = await db.query(
    `SELECT id, user_id, created_at, updated_at, expires_at, ip_address, user_agent FROM sessions
     WHERE ${OWN} AND expires_at > now() ORDER BY updated_at DESC, id DESC`,
    [userId],
  );
  return rows.map((columns) => {
    const { createdAt, updatedAt, expiresAt, ...row } = camelRow<Row>(columns);
    return {
      ...row,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      current: row.id === current,
    };
  });
}
