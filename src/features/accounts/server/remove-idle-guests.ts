/** Clean-up of what nobody comes back for. */
import type { Services } from '#platform/services.ts';
import { removeOldAttempts } from './count-attempts.ts';

/** Guests removed in one statement, so that no lock is held long. */
const BATCH = 200;

/**
 * Removes guests idle for longer than GUEST_TIMEOUT_MINUTES with everything that is theirs, and returns how many.
 * A guest with a reply still being written is not idle. Also removes sessions, links and counts that no longer matter.
 * For the scheduler, several times an hour; safe to run in two processes at once.
 */
export async function removeIdleGuests(services: Services): Promise<number> {
  const { db, config, log } = services;
  let removed = 0;
  for (;;) {
    const { rowCount } = await db.$client.query(
      `DELETE FROM users WHERE id IN (
         SELECT id FROM users u
         WHERE is_anonymous AND last_active_at < now() - make_interval(mins => $1)
           AND NOT EXISTS (SELECT FROM generations g WHERE g.user_id = u.id AND g.state IN ('queued', 'running'))
         LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      [config.guestTimeoutMinutes, BATCH],
    );
    removed += rowCount ?? 0;
    if ((rowCount ?? 0) < BATCH) break;
  }
  await db.$client.query('DELETE FROM sessions WHERE expires_at < now()');
  await db.$client.query('DELETE FROM verifications WHERE expires_at < now()');
  await removeOldAttempts(services);
  if (removed > 0) log.info({ removed }, 'idle guests were removed');
  return removed;
}
