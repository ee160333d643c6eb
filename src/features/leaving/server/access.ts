/** What is somebody's when they leave: the one place that says so, besides what is removed with them. */
import type { Queryable } from '#platform/database/database.ts';

/** Ids of what waits or runs for a user, in whatever chat. */
export async function liveGenerationsOf(db: Queryable, userId: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT id FROM generations WHERE user_id = $1 AND state IN ('queued', 'running')`,
    [userId],
  );
  return rows.map(({ id }) => id);
}
