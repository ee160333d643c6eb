/** For whom the terminal speaks when it works on the data folder itself: who has that folder may do everything anyway. */
import { inTransaction } from '#platform/database/database.ts';
import type { Services } from '#platform/services.ts';
import { MOVED_TABLES } from './merge-guest.ts';

/** A member without credentials, so that it can never be signed in to; the same in every instance. */
const LOCAL_USER_ID = '00000000-0000-7000-8000-000000000001';

/**
 * The id of the first admin, or as long as there is none, of a user made for the terminal. What that user has goes to the
 * admin as soon as there is one.
 */
export function localUser({ db }: Pick<Services, 'db'>): Promise<string> {
  return inTransaction(db, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `SELECT u.id FROM instance i JOIN users u ON u.id = i.first_admin_id WHERE u.disabled_at IS NULL`,
    );
    const admin = rows[0]?.id;
    if (!admin) {
      await client.query(
        `INSERT INTO users (id, name, email) VALUES ($1, 'Terminal', $2) ON CONFLICT (id) DO NOTHING`,
        [LOCAL_USER_ID, `${LOCAL_USER_ID}@parley.invalid`],
      );
      return LOCAL_USER_ID;
    }
    const local = await client.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [LOCAL_USER_ID]);
    if (!local.rowCount) return admin;
    for (const statement of Object.values(MOVED_TABLES))
      await client.query(statement, [LOCAL_USER_ID, admin]);
    await client.query('DELETE FROM users WHERE id = $1', [LOCAL_USER_ID]);
    return admin;
  });
}
