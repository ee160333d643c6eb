import type { Services } from '#platform/services.ts';
import { READ_MODELS_MS, refreshEndpoint } from './refresh-endpoint.ts';

/** How often due endpoints are looked for. */
const TICK_MS = 5_000;
/** A healthy endpoint's list changes seldom; one that is down should be seen to come back soon. */
const UP_SECONDS = 60;
const DOWN_SECONDS = 10;

/**
 * Reads the endpoints' models and health from time to time, until the returned function is called; that gives up what
 * is under way. Several processes may do this: each check is claimed by one of them.
 */
export function keepHealth(services: Services): () => Promise<void> {
  const stop = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(() =>
      stop.signal.aborted ? undefined : checkDueEndpoints(services, stop.signal),
    );
  }, TICK_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    stop.abort();
    await running;
  };
}

/** Checks every endpoint whose last check is too old. Never throws: a failed check is tried again later. */
export async function checkDueEndpoints(services: Services, stop?: AbortSignal): Promise<void> {
  try {
    const { rows } = await services.db.$client.query<{ id: string }>(
      `UPDATE endpoints SET checked_at = now()
        WHERE id IN (SELECT id FROM endpoints
                      WHERE enabled AND kind <> 'scripted'
                        AND (checked_at IS NULL
                             OR checked_at < now() - make_interval(secs => CASE WHEN health = 'up' THEN $1 ELSE $2 END::float8))
                      FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [UP_SECONDS, DOWN_SECONDS],
    );
    await Promise.all(rows.map(({ id }) => refreshEndpoint(services, id, READ_MODELS_MS, stop)));
  } catch (error) {
    services.log.warn({ err: error }, 'the health of endpoints could not be checked');
  }
}
