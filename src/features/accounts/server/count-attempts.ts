/** Limits on what needs no log-in, counted in the database so that they hold across processes. */
import type { Services } from '#platform/services.ts';

const MINUTE_SECONDS = 60;

/** At most `max` of what `key` names, in a minute or in `seconds`. */
export type AttemptLimit = {
  key: string;
  max: number;
  seconds?: number;
  /** From this many on each has to wait a moment, longer the more there are. */
  delayFrom?: number;
};

/** What became of an attempt: refused until a time, or counted, to go on after a delay. */
export type Attempt = { retryAt: Date } | { retryAt: null; delayMs: number };

const FULL = `
  SELECT a.resets_at FROM unnest($1::text[], $2::int[]) WITH ORDINALITY AS l(key, max, place) JOIN attempts a USING (key)
  WHERE a.count >= l.max AND a.resets_at > now() ORDER BY l.place LIMIT 1`;

/** Answers nothing where the limit is reached, and writes nothing then. */
const COUNT = `
  INSERT INTO attempts AS a (key, count, resets_at) VALUES ($1, 1, now() + make_interval(secs => $3))
  ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN a.resets_at <= now() THEN 1 ELSE a.count + 1 END,
    resets_at = CASE WHEN a.resets_at <= now() THEN excluded.resets_at ELSE a.resets_at END
  WHERE a.resets_at <= now() OR a.count < $2
  RETURNING count`;

/** When the first limit that is reached opens again; null when none is. Counts nothing. */
export async function fullUntil({ config, db }: Services, limits: AttemptLimit[]): Promise<Date | null> {
  if (!config.rateLimits || limits.length === 0) return null;
  const { rows } = await db.$client.query<{ resets_at: Date }>(FULL, [
    limits.map(({ key }) => key),
    limits.map(({ max }) => max),
  ]);
  return rows[0]?.resets_at ?? null;
}

/**
 * Counts one attempt against each limit in order, and stops at the first that is reached: what is refused for where it comes
 * from does not count against whom it is about. A refused attempt leaves no row, so that a flood writes nothing.
 */
export async function countAttempt(services: Services, limits: AttemptLimit[]): Promise<Attempt> {
  const { config, db, clock } = services;
  if (!config.rateLimits) return { retryAt: null, delayMs: 0 };
  const retryAt = await fullUntil(services, limits);
  if (retryAt) return { retryAt };
  let delayMs = 0;
  for (const { key, max, seconds = MINUTE_SECONDS, delayFrom } of limits) {
    const { rows } = await db.$client.query<{ count: number }>(COUNT, [key, max, seconds]);
    // Others were counted since the look above.
    if (!rows[0]) return { retryAt: (await fullUntil(services, limits)) ?? new Date() };
    if (delayFrom !== undefined) delayMs = Math.max(delayMs, delayAfter(rows[0].count, delayFrom, clock));
  }
  return { retryAt: null, delayMs };
}

/** Doubled with every further `from` attempts, up to the longest (exponential backoff). */
export function delayAfter(
  count: number,
  from: number,
  { signInDelayMs, signInLongestDelayMs }: Pick<Services['clock'], 'signInDelayMs' | 'signInLongestDelayMs'>,
): number {
  if (count <= from) return 0;
  const doublings = Math.floor((count - from - 1) / from);
  return Math.min(signInLongestDelayMs, signInDelayMs * 2 ** Math.min(doublings, 30));
}

/** How much was taken of something in its minute, and when that ends. */
export type Taken = { count: number; resetsAt: Date; resetsInMs: number };

const TAKE = `
  INSERT INTO attempts AS a (key, count, resets_at) VALUES ($1, $2, now() + interval '1 minute')
  ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN a.resets_at <= now() THEN excluded.count ELSE a.count + excluded.count END,
    resets_at = CASE WHEN a.resets_at <= now() THEN excluded.resets_at ELSE a.resets_at END
  RETURNING count, resets_at AS "resetsAt", extract(epoch FROM resets_at - now())::float8 * 1000 AS "resetsInMs"`;

/** Takes `amount` of what `key` names, however much was taken; the first after a minute begins the next. */
export async function take({ db }: Pick<Services, 'db'>, key: string, amount: number): Promise<Taken> {
  const { rows } = await db.$client.query<Taken>({
    name: 'take-attempts',
    text: TAKE,
    values: [key, amount],
  });
  return rows[0]!;
}

/** Removes counts that no longer matter; for the hourly clean-up. */
export async function removeOldAttempts({ db }: Services): Promise<void> {
  await db.$client.query('DELETE FROM attempts WHERE resets_at < now()');
}
