import type { Services } from '#platform/services.ts';
import { isSick, letTry, noteFailedProbe } from './circuit.ts';
import { READ_MODELS_MS } from './read-models.ts';
import { refreshEndpoint } from './refresh-endpoint.ts';
import { setHealth } from './set-health.ts';
import { wakeEndpoint } from './wake.ts';

/**
 * Asks the endpoints whose circuit has been open long enough for their models, so that no person's message has to be
 * the trial of a server that is away. Of several processes one asks. Never throws.
 */
export async function probeOpenCircuits(services: Services, stop?: AbortSignal): Promise<void> {
  try {
    const { rows } = await services.db.$client.query<{ id: string }>({
      name: 'due-probes',
      text: `UPDATE endpoints SET checked_at = now(), retry_at = now() + make_interval(secs => $1)
        WHERE id IN (SELECT id FROM endpoints WHERE enabled AND retry_at <= now() AND health = 'down'
                     FOR UPDATE SKIP LOCKED)
        RETURNING id`,
      values: [services.clock.probeHoldMs / 1000],
    });
    await Promise.all(rows.map(({ id }) => probe(services, id, stop)));
  } catch (error) {
    services.log.warn({ err: error }, 'endpoints that had failed could not be tried');
  }
}

async function probe(services: Services, endpointId: string, stop: AbortSignal | undefined): Promise<void> {
  const read = await refreshEndpoint(services, endpointId, READ_MODELS_MS, stop);
  if (!read || read.ok || read.failure.loading) return;
  const { sentence } = read.failure;
  if (isSick(read.failure)) return noteFailedProbe(services, endpointId, sentence);
  // It is there, but has no list to show or not to us: only a message can tell whether it works.
  await letTry(services, endpointId);
  await setHealth(services, endpointId, 'unknown', sentence);
  await wakeEndpoint(services, endpointId);
}
