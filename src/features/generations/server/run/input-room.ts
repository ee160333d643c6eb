import { limitSql } from '#features/accounts/server/index.ts';
import type { Tx } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import { say } from '../say.ts';

/**
 * Refuses what a program asks when it would be, with what its user has stored and what else they ask, more than they may
 * store: 403 `storage_limit`. It is kept until it ends only, so it is not counted there. Exact after `admit`, which lines up
 * what one user sends. Counts what waits as it lies on the disk, compressed, so as not to read it.
 */
export async function checkInputRoom(tx: Tx, userId: string, bytes: number): Promise<void> {
  const { rows } = await tx.query<{ used: number; max: number }>({
    name: 'input-room',
    text: `SELECT ${limitSql('maxStorageBytes')} AS max, $2::bigint
        + coalesce((SELECT bytes FROM storage WHERE owner_id = u.id), 0)
        + coalesce((SELECT sum(pg_column_size(input)) FROM generations
          WHERE user_id = u.id AND state IN ('queued', 'running')), 0)::bigint AS used
      FROM users u WHERE u.id = $1`,
    values: [userId, bytes],
  });
  const room = rows[0];
  if (!room || room.used <= room.max) return;
  throw new AppError('storage_limit', say('inputs_full', { megabytes: Math.round(room.max / 10_000) / 100 }));
}
