import { Id } from '#fields';
import type { Services } from '#platform/services.ts';
import { CHANNELS } from '#platform/signals.ts';

/** Says in every process that an endpoint may now start something: a slot came free, it was changed or resumed. */
export async function wakeEndpoint(services: Services, endpointId: string): Promise<void> {
  await services.db.$client.query('SELECT pg_notify($1, $2)', [CHANNELS.wake, endpointId]);
}

/** What a wake-up says: which endpoint, and the process that need not be told. Null for what is none; anybody may send one. */
export function readWake(payload: string): { endpointId: string; origin: string | undefined } | null {
  const [endpointId, origin, ...more] = payload.split(' ');
  return more.length === 0 && Id.safeParse(endpointId).success ? { endpointId: endpointId!, origin } : null;
}
