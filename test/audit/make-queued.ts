/** A generation that waits at an endpoint that does not work on it. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** Puts one of somebody's into the line of a paused endpoint of its own. */
export async function makeQueued(db: pg.Pool, userId: string): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `WITH e AS (INSERT INTO endpoints (id, name, kind, paused_at) VALUES (gen_random_uuid(), $2, 'scripted', now()) RETURNING id)
     INSERT INTO generations (id, user_id, endpoint_id, model_name, model_id) SELECT gen_random_uuid(), $1, e.id, 'm', 'e/m' FROM e
     RETURNING id`,
    [userId, `line-${randomUUID()}`],
  );
  return rows[0]!.id;
}
