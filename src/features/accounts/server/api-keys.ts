/** Keys with which programs act for a user. */
import { randomBytes } from 'node:crypto';
import { AppError, invalidInput, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { ApiKey, NewApiKey } from '../accounts.ts';
import { OWN } from './access.ts';
import { principalsChanged } from './change-principals.ts';
import { hashOfKey } from './find-principal.ts';

const KEY_BYTES = 32;
/** Of the key's text; enough to tell keys apart, far too little to guess the rest. */
const PREFIX_LENGTH = 10;
/** More than anybody can keep apart; a bound, so that a loop cannot fill the table. */
const MAX_KEYS = 100;

type Row = {
  id: string;
  name: string;
  prefix: string;
  expires_at: Date | null;
  last_used_at: Date | null;
  created_at: Date;
};

/** Makes a key that lasts until `expiresAt`, or until it is revoked. The answer is the only place that ever has the key. */
export async function createApiKey(
  { db }: Pick<Services, 'db'>,
  userId: string,
  input: { name: string; expiresAt?: string | null | undefined },
): Promise<NewApiKey> {
  if (input.expiresAt && Date.parse(input.expiresAt) <= Date.now())
    throw invalidInput('expiresAt', 'expiresAt: must lie in the future.');
  const key = `pk_${randomBytes(KEY_BYTES).toString('base64url')}`;
  const { rows } = await db.$client.query<Row>(
    `INSERT INTO api_keys (id, user_id, name, hash, prefix, expires_at)
     SELECT $2, $1, $3, $4, $5, $6 WHERE (SELECT count(*) FROM api_keys WHERE ${OWN}) < ${MAX_KEYS}
     RETURNING *`,
    [userId, newId(), input.name, hashOfKey(key), key.slice(0, PREFIX_LENGTH), input.expiresAt ?? null],
  );
  if (!rows[0])
    throw new AppError(
      'conflict',
      `You have ${MAX_KEYS} keys already. Revoke one that is not used any more.`,
    );
  return { ...toApiKey(rows[0]), key };
}

/** A page of a user's keys, newest first; `cursor` is the id of the last one seen. */
export async function listApiKeys(
  { db }: Services,
  { userId }: Principal,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: ApiKey[]; nextCursor: string | null }> {
  const { rows } = await db.$client.query<Row>(
    `SELECT * FROM api_keys WHERE ${OWN} AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [userId, page.cursor ?? null, page.limit + 1],
  );
  const items = rows.slice(0, page.limit).map(toApiKey);
  return { items, nextCursor: rows.length > page.limit ? items.at(-1)!.id : null };
}

/** Revokes a key; it works nowhere from now on, and streams opened with it end. */
export async function revokeApiKey(services: Services, { userId }: Principal, id: string): Promise<void> {
  const { rowCount } = await services.db.$client.query(`DELETE FROM api_keys WHERE ${OWN} AND id = $2`, [
    userId,
    id,
  ]);
  if (!rowCount) throw notFound('API key');
  principalsChanged(services);
}

const toApiKey = (row: Row): ApiKey => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  expiresAt: row.expires_at?.toISOString() ?? null,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
});
