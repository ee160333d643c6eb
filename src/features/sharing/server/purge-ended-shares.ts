import { growStorage, shareBytes } from '#features/accounts/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import type { Services } from '#platform/services.ts';

/** Of one owner, in one transaction. */
const BATCH = 100;

/** Removes the copies behind links that have expired, and gives their owners the room back. Returns how many. */
export async function purgeEndedShares({ db }: Pick<Services, 'db'>): Promise<number> {
  for (let purged = 0; ; ) {
    const removed = await inTransaction(db, async (tx) => {
      const { rows } = await tx.query<{ userId: string; bytes: number; count: number }>(
        `WITH ended AS MATERIALIZED (
           SELECT id FROM shares WHERE expires_at <= now() ORDER BY expires_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
         ), gone AS (
           DELETE FROM shares s USING ended WHERE s.id = ended.id RETURNING s.user_id, ${shareBytes('s')} AS bytes
         )
         SELECT user_id AS "userId", sum(bytes)::bigint AS bytes, count(*)::int AS count FROM gone GROUP BY 1 ORDER BY 1`,
      );
      // Whoever they are: an address is there for guests only.
      for (const { userId, bytes } of rows)
        await growStorage(tx, { userId, role: 'guest' }, { bytes: -bytes });
      return rows.reduce((sum, { count }) => sum + count, 0);
    });
    if (removed === 0) return purged;
    purged += removed;
  }
}
