/** Makes sessions that better-auth does not: of who came through a provider, or has given their second factor. */
import type { FastifyRequest } from 'fastify';
import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import { newToken } from '#platform/secret-token.ts';
import { SESSION_COOKIE } from './auth.ts';
import { signSessionToken } from './session-cookie.ts';
import { SESSION_SECONDS } from './session-lifetime.ts';

/** Opens a session for whoever made the request; the answer is its token. */
export async function openSession(db: Queryable, request: FastifyRequest, userId: string): Promise<string> {
  const token = newToken();
  await db.query(
    `INSERT INTO sessions (id, user_id, token, expires_at, ip_address, user_agent)
     VALUES ($1, $2, $3, now() + make_interval(secs => ${SESSION_SECONDS}), $4, $5)`,
    [newId(), userId, token, request.ip, request.headers['user-agent'] ?? ''],
  );
  return token;
}

/** A cookie in an answer, which goes out under the name and with the attributes that browsers keep ours by. No seconds: it ends. */
export const toCookie = (name: string, value: string, seconds = 0): [string, string] => [
  'set-cookie',
  `${name}=${value}; Max-Age=${seconds}`,
];

/** The cookie of a session. */
export const toSessionCookie = (token: string, signingKey: string): [string, string] =>
  toCookie(SESSION_COOKIE, signSessionToken(token, signingKey), SESSION_SECONDS);
