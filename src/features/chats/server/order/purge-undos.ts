import { UNDO_TIME } from '#platform/database/undo-time.ts';
import type { Services } from '#platform/services.ts';

/** Forgets what was done to many chats longer ago than can be undone. Returns how many times that was. */
export async function purgeUndos({ db }: Pick<Services, 'db'>): Promise<number> {
  const { rowCount } = await db.$client.query(`DELETE FROM undos WHERE created_at <= now() - ${UNDO_TIME}`);
  return rowCount ?? 0;
}
