/** Links that stand for a proof: who opens one may do one thing, once, for a while. */
import { createHash } from 'node:crypto';
import type { Queryable } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import { newToken } from '#platform/secret-token.ts';

/** What a link is for; the first is better-auth's own name, which looks its links up by it. */
export type LinkPurpose = 'reset-password' | 'verify-email';

/** As better-auth keeps them, told to keep hashes: a copy of the database opens no account. */
const identifierOf = (purpose: LinkPurpose, token: string): string =>
  createHash('sha256').update(`${purpose}:${token}`).digest('base64url');

/** Makes the token of a new link; `value` says who or what it is about. */
export async function makeLink(
  db: Queryable,
  purpose: LinkPurpose,
  value: string,
  seconds: number,
): Promise<{ token: string; expiresAt: Date }> {
  const token = newToken();
  const { rows } = await db.query<{ expires_at: Date }>(
    `INSERT INTO verifications (id, identifier, value, expires_at)
     VALUES ($1, $2, $3, now() + make_interval(secs => $4)) RETURNING expires_at`,
    [newId(), identifierOf(purpose, token), value, seconds],
  );
  return { token, expiresAt: rows[0]!.expires_at };
}

/** Uses a link up; what it is about, or null when it is unknown, used or too old. */
export async function takeLink(db: Queryable, purpose: LinkPurpose, token: string): Promise<string | null> {
  const { rows } = await db.query<{ value: string; is_good: boolean }>(
    'DELETE FROM verifications WHERE identifier = $1 RETURNING value, expires_at > now() AS is_good',
    [identifierOf(purpose, token)],
  );
  return rows[0]?.is_good ? rows[0].value : null;
}

/** Ends the links by which somebody's password could be set: it was, or there is a newer one. */
export async function endResetLinks(db: Queryable, userId: string): Promise<void> {
  await db.query('DELETE FROM verifications WHERE value = $1', [userId]);
}
