/** The first admin of an instance. */
import type { Tx } from '#platform/database/database.ts';

/** Makes somebody admin and, when there was none, the first; the set-up code is gone then. In the transaction that made them. */
export async function appointAdmin(client: Tx, userId: string): Promise<void> {
  await client.query(`UPDATE users SET role = 'admin', updated_at = now() WHERE id = $1`, [userId]);
  await client.query('UPDATE instance SET first_admin_id = coalesce(first_admin_id, $1), setup_code = NULL', [
    userId,
  ]);
}
