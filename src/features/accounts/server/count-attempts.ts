/** Limits per minute on what needs no log-in, counted in the database so that they hold across processes. */
import type { Services } from '#platform/services.ts';

/** At most `max` a minute of what `key` names. */
export type AttemptLimit = { key: string; max: number };

const COUNT = `
  INSERT INTO attempts AS a (key, count, resets_at) VALUES ($1, 1, now() + interval '1 minute')
  ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN a.resets_at <= now() THEN 1 ELSE a.count + 1 END,
    resets_at = CASE WHEN a.resets_at <= now() THEN excluded.resets_at ELSE a.resets_at END
  RETURNING count, resets_at`;

/** Counts one attempt against each limit; the time when it may be tried again if one is exceeded, else null. */
export async function countAttempt({ config, db }: Services, limits: AttemptLimit[]): Promise<Date | null> {
  if (!config.rateLimits) return null;
  let retryAt: Date | null = null;
  for (const { key, max } of limits) {
    const { rows } = await db.$client.query<{ count: number; resets_at: Date }>(COUNT, [key]);
    const { count, resets_at } = rows[0]!;
    if (count > max && (!retryAt || resets_at > retryAt)) retryAt = resets_at;
  }
  return retryAt;
}

/** Removes counts that no longer matter; for the hourly clean-up. */
export async function removeOldAttempts({ db }: Services): Promise<void> {
  await db.$client.query('DELETE FROM attempts WHERE resets_at < now()');
}
