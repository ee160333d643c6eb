import type { Services } from '#platform/services.ts';
import { CHANNELS } from '#platform/signals.ts';

/** Says in every process that an endpoint may now start something: a slot came free, it was changed or resumed. */
export async function wakeEndpoint(services: Services, endpointId: string): Promise<void> {
  await services.db.$client.query('SELECT pg_notify($1, $2)', [CHANNELS.wake, endpointId]);
}
