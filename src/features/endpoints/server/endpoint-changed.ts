import type { Services } from '#platform/services.ts';
import { TOPICS } from '#platform/signals.ts';

/** Tells this process, and others where the bus reaches them, that an endpoint's row is not what it was. */
export const tellEndpointChanged = (services: Services, endpointId: string): void =>
  services.bus.publish(TOPICS.endpointChanged, { type: 'endpoint_changed', endpointId });

/** Calls back for every endpoint that changes; returns a function that stops it. */
export const onEndpointChanged = (services: Services, listener: (endpointId: string) => void): (() => void) =>
  services.bus.subscribe(TOPICS.endpointChanged, (message) => {
    const endpointId = (message as { endpointId?: unknown }).endpointId;
    if (typeof endpointId === 'string') listener(endpointId);
  });
