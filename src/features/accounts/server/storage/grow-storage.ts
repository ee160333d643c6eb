/** Counting what a user has stored, in the transaction that stores it. */
import { inOrder, type Queryable } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import { addressLimitSql, limitSql } from '../limit-sql.ts';
import { say } from '../say.ts';

/** What was stored, or taken away where it is below 0. Files count by their bytes. */
export type Growth = { bytes: number; chats?: number };

type Stored = { bytes: number; max: number };

/**
 * Counts `growth` for a user, and for the address of a guest, with what is stored: 403 `storage_limit` when that is more than
 * they may have, which undoes it with the transaction. Returns how many chats they keep now. Its rows are locked to the
 * transaction's end, the user's before the address's and both after any counter of fair share: call it last.
 */
export async function growStorage(
  tx: Queryable,
  { userId, role }: Pick<Principal, 'userId' | 'role'>,
  { bytes, chats = 0 }: Growth,
): Promise<number> {
  const [own, shared] = await inOrder(
    tx.query<Stored & { chats: number }>({
      name: 'grow-storage',
      text: GROW,
      values: [userId, bytes, chats],
    }),
    role === 'guest'
      ? tx.query<Stored>({ name: 'grow-storage-of-address', text: GROW_ADDRESS, values: [userId, bytes] })
      : Promise.resolve(null),
  );
  if (bytes > 0) {
    assertRoom(own.rows[0], 'storage_full');
    assertRoom(shared?.rows[0], 'address_storage_full');
  }
  // A user who is gone keeps nothing.
  return own.rows[0]?.chats ?? 0;
}

/** 403 `storage_limit` when more is stored than may be. */
export function assertRoom(
  stored: Stored | undefined,
  reason: 'storage_full' | 'address_storage_full',
): void {
  if (!stored || stored.bytes <= stored.max) return;
  const megabytes = Math.round(stored.max / 10_000) / 100;
  throw new AppError('storage_limit', say(reason, { megabytes }));
}

const GROW = `
  WITH own AS (
    INSERT INTO storage AS s (owner_id, bytes, chats) VALUES ($1, greatest(0, $2::bigint), greatest(0, $3::int))
    ON CONFLICT (owner_id) DO UPDATE SET
      bytes = greatest(0, s.bytes + $2::bigint), chats = greatest(0, s.chats + $3::int)
    RETURNING s.bytes, s.chats
  )
  SELECT own.bytes, own.chats, ${limitSql('maxStorageBytes')} AS max FROM own, users u WHERE u.id = $1`;

const GROW_ADDRESS = `
  INSERT INTO storage AS s (owner_id, bytes)
  SELECT guest_address, greatest(0, $2::bigint) FROM users WHERE id = $1 AND guest_address IS NOT NULL
  ON CONFLICT (owner_id) DO UPDATE SET bytes = greatest(0, s.bytes + $2::bigint)
  RETURNING s.bytes, ${addressLimitSql('maxStorageBytes')} AS max`;
