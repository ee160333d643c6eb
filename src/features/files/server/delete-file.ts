import { growStorage } from '#features/accounts/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { fileFor } from './access.ts';

/** Deletes a file of the asker's; its bytes go a day after the last file that has them. 404 for one that is not theirs. */
export async function deleteFile(services: Services, asker: Principal, id: string): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    await fileFor(tx, asker, id, 'manage');
    const { rows } = await tx.query<{ size: number }>('DELETE FROM files WHERE id = $1 RETURNING size', [id]);
    // Somebody else was quicker: it is gone, as it was to be.
    if (rows[0]) await growStorage(tx, asker, { bytes: -rows[0].size });
  });
}
