import type { Queryable } from './queryable.ts';

/**
 * True when a user may tell the scripted model to misbehave (fault injection): everybody while there is nothing else to
 * talk to, and admins alone once an endpoint of another kind was added.
 */
export async function mayDirect(db: Queryable, userId: string): Promise<boolean> {
  const { rows } = await db.query<{ may: boolean }>({
    name: 'may-direct',
    text: `SELECT NOT EXISTS (SELECT FROM endpoints WHERE kind <> 'scripted')
      OR EXISTS (SELECT FROM users WHERE id = $1 AND role = 'admin' AND NOT is_anonymous) AS may`,
    values: [userId],
  });
  return rows[0]!.may;
}
