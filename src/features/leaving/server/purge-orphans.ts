/** Clean-up of chats whose author has deleted their account, and which nobody reads any more. */
import { FORMER_USER_ID } from '#features/accounts/rules.ts';
import type { Services } from '#platform/services.ts';

/** Removes for good what its project has given back to somebody who is gone, once that cannot be undone any more. Returns how many. */
export async function purgeOrphans({ db }: Pick<Services, 'db'>): Promise<number> {
  const { rowCount } = await db.$client.query(
    'DELETE FROM chats WHERE user_id = $1 AND project_id IS NULL AND left_project_id IS NULL',
    [FORMER_USER_ID],
  );
  return rowCount ?? 0;
}
