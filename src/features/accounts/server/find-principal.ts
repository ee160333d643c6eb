/** Who a session token or an API key belongs to: one query each, the same rules for both. */
import type { Queryable } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import { hashOfToken } from '#platform/secret-token.ts';
import type { Services } from '#platform/services.ts';
import { SESSION_SECONDS, TOUCH_SECONDS } from './session-lifetime.ts';

type Found = {
  proof_id: string;
  user_id: string;
  role: 'admin' | 'member';
  is_anonymous: boolean;
  is_disabled: boolean;
  is_stale: boolean;
  /** Of keys. */
  scopes: string[];
};

/** SQL: that a key `k` may be used, when one that is left unused for the days of the parameter stops working; 0 is never. */
export const keyHolds = (idleDays: string): string =>
  `(k.expires_at IS NULL OR k.expires_at > now())
   AND (${idleDays}::int = 0 OR coalesce(k.last_used_at, k.created_at) > now() - make_interval(days => ${idleDays}::int))`;

/** SQL: the role that a key `k` of user `u` has. Its owner may be an admin; it is one only with the scope for that. */
export const ROLE_OF_KEY = `CASE WHEN 'admin' = ANY(k.scopes) THEN u.role ELSE 'member' END`;

const BY_SESSION = {
  name: 'principal-by-session',
  text: `SELECT s.id AS proof_id, u.id AS user_id, u.role, u.is_anonymous, u.disabled_at IS NOT NULL AS is_disabled,
                u.last_active_at < now() - make_interval(secs => ${TOUCH_SECONDS}) AS is_stale
         FROM sessions s JOIN users u ON u.id = s.user_id
         WHERE s.token = $1 AND s.expires_at > now()`,
};
const BY_KEY = {
  name: 'principal-by-api-key',
  text: `SELECT k.id AS proof_id, u.id AS user_id, ${ROLE_OF_KEY} AS role, k.scopes, u.is_anonymous, u.disabled_at IS NOT NULL AS is_disabled,
                k.last_used_at IS NULL OR k.last_used_at < now() - make_interval(secs => ${TOUCH_SECONDS}) AS is_stale
         FROM api_keys k JOIN users u ON u.id = k.user_id
         WHERE k.hash = $1 AND ${keyHolds('$2')}`,
};

const BY_USER = {
  name: 'principal-by-user',
  text: `SELECT u.id AS user_id, u.role, u.is_anonymous, u.disabled_at IS NOT NULL AS is_disabled FROM users u WHERE u.id = $1`,
};

/** The principal of a session token that was checked to be signed by us. */
export async function findBySession(services: Services, token: string): Promise<Principal | null> {
  const { rows } = await services.db.$client.query<Found>({ ...BY_SESSION, values: [token] });
  const found = rows[0];
  if (!found || !mayEnter(services, found)) return null;
  if (found.is_stale) touch(services, found.user_id, { sessionId: found.proof_id });
  return toPrincipal(found, { kind: 'session', sessionId: found.proof_id });
}

/** The principal of an API key as it was sent. */
export async function findByKey(services: Services, key: string): Promise<Principal | null> {
  const { rows } = await services.db.$client.query<Found>({
    ...BY_KEY,
    values: [hashOfToken(key), services.config.apiKeyIdleDays],
  });
  const found = rows[0];
  if (!found || !mayEnter(services, found)) return null;
  if (found.is_stale) touch(services, found.user_id, { apiKeyId: found.proof_id });
  return toPrincipal(found, { kind: 'api-key', apiKeyId: found.proof_id, scopes: found.scopes });
}

/**
 * A user for whom something is done now that they asked for earlier, as they are in the caller's transaction; null for one who is
 * gone or disabled, or may not enter as a guest any more.
 */
export async function findEarlier(
  db: Queryable,
  { config }: Pick<Services, 'config'>,
  userId: string,
): Promise<Principal | null> {
  const { rows } = await db.query<Found>({ ...BY_USER, values: [userId] });
  const found = rows[0];
  return found && mayEnter({ config }, found) ? toPrincipal(found, { kind: 'earlier' }) : null;
}

const mayEnter = ({ config }: Pick<Services, 'config'>, found: Found): boolean =>
  !found.is_disabled && (config.guests || !found.is_anonymous);

const toPrincipal = (found: Found, via: Principal['via']): Principal => ({
  userId: found.user_id,
  role: found.is_anonymous ? 'guest' : found.role,
  via,
});

/** Writes down that a user was here, and prolongs what they came with. Nobody waits for it. */
function touch(services: Services, userId: string, proof: { sessionId?: string; apiKeyId?: string }): void {
  services.db.$client
    .query(
      `WITH session AS (
         UPDATE sessions SET expires_at = now() + make_interval(secs => ${SESSION_SECONDS}), updated_at = now() WHERE id = $2
       ), key AS (
         UPDATE api_keys SET last_used_at = now() WHERE id = $3
       )
       UPDATE users SET last_active_at = now() WHERE id = $1`,
      [userId, proof.sessionId ?? null, proof.apiKeyId ?? null],
    )
    .catch((error: unknown) =>
      services.log.warn({ err: error }, 'the last activity of a user was not written'),
    );
}
