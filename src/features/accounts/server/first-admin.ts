/** The first account of an instance becomes its admin; in a race exactly one does. */
import { inTransaction } from '#platform/database/database.ts';
import type { Services } from '#platform/services.ts';

/**
 * Makes the oldest account admin if there was never one. Called after every sign-up, when the account is committed.
 * The row lock on `instance` lets one caller at a time decide; if a process dies before it does, the next sign-up's
 * caller makes up for it. The terminal's own user has no way to sign in and does not count.
 */
export async function appointFirstAdmin({ db }: Services): Promise<void> {
  const { rowCount } = await db.$client.query('SELECT FROM instance WHERE first_admin_id IS NULL');
  if (!rowCount) return;
  await inTransaction(db, async (client) => {
    const open = await client.query('SELECT FROM instance WHERE first_admin_id IS NULL FOR UPDATE');
    if (!open.rowCount) return;
    await client.query(
      `WITH first AS (
         UPDATE users SET role = 'admin', updated_at = now()
         WHERE id = (SELECT id FROM users u
                     WHERE NOT is_anonymous AND EXISTS (SELECT FROM accounts a WHERE a.user_id = u.id)
                     ORDER BY created_at, id LIMIT 1)
         RETURNING id
       )
       UPDATE instance SET first_admin_id = (SELECT id FROM first)`,
    );
  });
}
