import { repeat } from '#platform/repeat.ts';
import type { Services } from '#platform/services.ts';
import { probeOpenCircuits } from './probe-circuits.ts';
import { READ_MODELS_MS } from './read-models.ts';
import { refreshEndpoint } from './refresh-endpoint.ts';

/**
 * Reads the endpoints' models and health from time to time, until the returned function is called; that gives up what
 * is under way. Several processes may do this: each check is claimed by one of them.
 */
export function keepHealth(services: Services): () => Promise<void> {
  const { healthTickMs, probeTickMs } = services.clock;
  const stop = new AbortController();
  const onError = (error: Error) => services.log.warn({ err: error }, 'endpoints could not be looked after');
  const kept = [
    repeat(() => checkDueEndpoints(services, stop.signal), healthTickMs, onError),
    repeat(() => probeOpenCircuits(services, stop.signal), probeTickMs, onError),
  ];
  return async () => {
    stop.abort();
    await Promise.all(kept.map((one) => one.stop()));
  };
}

/**
 * Checks every endpoint whose last check is too old; those whose circuit is open are left to their probes. Never
 * throws: a failed check is tried again later.
 */
export async function checkDueEndpoints(services: Services, stop?: AbortSignal): Promise<void> {
  try {
    const { rows } = await services.db.$client.query<{ id: string }>(
      `UPDATE endpoints SET checked_at = now()
        WHERE id IN (SELECT id FROM endpoints
                      WHERE enabled AND kind <> 'scripted'
                        AND (retry_at IS NULL OR (retry_at <= now() AND health <> 'down'))
                        AND (checked_at IS NULL
                             OR checked_at < now() - make_interval(secs => CASE WHEN health = 'up' THEN $1 ELSE $2 END::float8))
                      FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [services.clock.healthyCheckMs / 1000, services.clock.downCheckMs / 1000],
    );
    await Promise.all(rows.map(({ id }) => refreshEndpoint(services, id, READ_MODELS_MS, stop)));
  } catch (error) {
    services.log.warn({ err: error }, 'the health of endpoints could not be checked');
  }
}
