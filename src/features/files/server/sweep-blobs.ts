/** Taking away bytes that no file has any more. */
import { dropForgotten } from '#platform/blobs/receive-blob.ts';
import { inTransaction } from '#platform/database/database.ts';
import type { Services } from '#platform/services.ts';

/** How long they stay, in SQL: longer than any upload of the same ones takes. */
const STAY = `interval '1 day'`;
/** Removed at a time. */
const BATCH = 1_000;

const IS_USED = 'EXISTS (SELECT FROM files f WHERE f.sha256 = b.sha256)';

/** Looks which bytes no file has, and removes those that none has had for a day; also what uploads left that were cut off. */
export async function sweepBlobs(services: Services): Promise<void> {
  const { db, reports, blobs } = services;
  await dropForgotten(blobs);
  const { rows: unused } = await reports.$client.query<{ sha256: string }>(
    `SELECT sha256 FROM blobs b WHERE b.unused_since IS NULL AND NOT ${IS_USED} LIMIT ${BATCH}`,
  );
  await db.$client.query(
    `UPDATE blobs b SET unused_since = now() WHERE b.unused_since IS NULL AND NOT ${IS_USED} AND b.sha256 = ANY($1)`,
    [unused.map(({ sha256 }) => sha256)],
  );
  const { rows: old } = await db.$client.query<{ sha256: string }>(
    `SELECT sha256 FROM blobs WHERE unused_since < now() - ${STAY} ORDER BY unused_since LIMIT ${BATCH}`,
  );
  for (const { sha256 } of old) await removeUnused(services, sha256);
}

/** With its row locked until they are gone, so that who stores the same bytes meanwhile waits, and then keeps them anew. */
async function removeUnused({ db, blobs }: Services, sha256: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { rowCount } = await tx.query(
      `SELECT FROM blobs b WHERE b.sha256 = $1 AND b.unused_since < now() - ${STAY} FOR UPDATE SKIP LOCKED`,
      [sha256],
    );
    if (!rowCount) return;
    // A statement of its own: it sees what was written before the lock was had.
    const { rowCount: isUsed } = await tx.query('SELECT FROM files WHERE sha256 = $1 LIMIT 1', [sha256]);
    if (isUsed) await tx.query('UPDATE blobs SET unused_since = NULL WHERE sha256 = $1', [sha256]);
    else {
      await blobs.remove(sha256);
      await tx.query('DELETE FROM blobs WHERE sha256 = $1', [sha256]);
    }
  });
}
