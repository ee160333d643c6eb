/** Keys with which programs act for a user. */
import { inTransaction } from '#platform/database/database.ts';
import { AppError, invalidInput, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import { hashOfToken, newToken } from '#platform/secret-token.ts';
import type { Services } from '#platform/services.ts';
import type { ApiKey, ApiKeyInput, NewApiKey } from '../accounts.ts';
import { DEFAULT_SCOPES, SCOPES, type Scope } from '../rules.ts';
import { OWN } from './access.ts';
import { principalsChanged } from './change-principals.ts';
import { say } from './say.ts';

/** Of the key's text; enough to tell keys apart, far too little to guess the rest. */
const PREFIX_LENGTH = 10;
/** More than anybody can keep apart; a bound, so that a loop cannot fill the table. */
const MAX_KEYS = 100;
const DAY_MS = 86_400_000;

type Given = Pick<Services, 'db' | 'config'>;
type Row = {
  id: string;
  name: string;
  prefix: string;
  scopes: Scope[];
  expires_at: Date | null;
  last_used_at: Date | null;
  created_at: Date;
};

/**
 * Makes a key that lasts until `expiresAt`, or until it is revoked or left unused. The answer is the only place that ever has the
 * key. 403 when somebody who is no admin asks for the admin scope, 409 when they have as many keys as they may.
 */
export async function createApiKey(
  services: Given,
  { userId, role }: Pick<Principal, 'userId' | 'role'>,
  { name, expiresAt, scopes: asked = [...DEFAULT_SCOPES] }: ApiKeyInput,
): Promise<NewApiKey> {
  if (expiresAt && Date.parse(expiresAt) <= Date.now())
    throw invalidInput('expiresAt', say('expiry_is_past', { field: 'expiresAt' }));
  if (asked.includes('admin') && role !== 'admin') throw new AppError('forbidden', say('admin_scope'));
  const scopes = SCOPES.filter((scope) => asked.includes(scope));
  const key = `pk_${newToken()}`;
  const row = await inTransaction(services.db, async (client) => {
    // Of the keys one user makes at once each counts those before it. A statement of its own: the count needs a later snapshot.
    await client.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId]);
    const { rows } = await client.query<Row>(
      `INSERT INTO api_keys (id, user_id, name, hash, prefix, expires_at, scopes)
       SELECT $2, $1, $3, $4, $5, $6, $7 WHERE (SELECT count(*) FROM api_keys WHERE ${OWN}) < ${MAX_KEYS}
       RETURNING *`,
      [userId, newId(), name, hashOfToken(key), key.slice(0, PREFIX_LENGTH), expiresAt ?? null, scopes],
    );
    return rows[0];
  });
  if (!row) throw new AppError('conflict', say('too_many_keys', { max: MAX_KEYS }));
  return { ...toApiKey(services, row), key };
}

/** A page of a user's keys, newest first; `cursor` is the id of the last one seen. */
export async function listApiKeys(
  services: Services,
  { userId }: Principal,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: ApiKey[]; nextCursor: string | null }> {
  const { rows } = await services.db.$client.query<Row>(
    `SELECT * FROM api_keys WHERE ${OWN} AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [userId, page.cursor ?? null, page.limit + 1],
  );
  const items = rows.slice(0, page.limit).map((row) => toApiKey(services, row));
  return { items, nextCursor: rows.length > page.limit ? items.at(-1)!.id : null };
}

/** Revokes a key; it works nowhere from now on, and streams opened with it end. */
export async function revokeApiKey(services: Services, { userId }: Principal, id: string): Promise<void> {
  const { rowCount } = await services.db.$client.query(`DELETE FROM api_keys WHERE ${OWN} AND id = $2`, [
    userId,
    id,
  ]);
  if (!rowCount) throw notFound(say('no_such_key'));
  principalsChanged(services);
}

/** Revokes all keys of a user. Whoever remembers principals is told by the caller. */
export async function revokeAllKeys({ db }: Pick<Services, 'db'>, userId: string): Promise<void> {
  await db.$client.query(`DELETE FROM api_keys WHERE ${OWN}`, [userId]);
}

const toApiKey = ({ config }: Given, row: Row): ApiKey => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: row.scopes,
  expiresAt: row.expires_at?.toISOString() ?? null,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  idleAt:
    config.apiKeyIdleDays === 0
      ? null
      : new Date(+(row.last_used_at ?? row.created_at) + config.apiKeyIdleDays * DAY_MS).toISOString(),
  createdAt: row.created_at.toISOString(),
});
