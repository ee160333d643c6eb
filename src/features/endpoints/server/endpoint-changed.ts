import { z } from 'zod';
import { Id } from '#fields';
import type { Shapes } from '#platform/live-bus/shapes.ts';
import type { Services } from '#platform/services.ts';
import { TOPICS } from '#platform/signals.ts';

/** What other processes may say of endpoints. */
export const endpointMessages: Shapes = {
  [TOPICS.endpointChanged]: z.object({ type: z.literal('endpoint_changed'), endpointId: Id }),
};

/** Tells this process, and others where the bus reaches them, that an endpoint's row is not what it was. */
export const tellEndpointChanged = (services: Services, endpointId: string): void =>
  services.bus.publish(TOPICS.endpointChanged, { type: 'endpoint_changed', endpointId });

/** Calls back for every endpoint that changes; returns a function that stops it. */
export const onEndpointChanged = (services: Services, listener: (endpointId: string) => void): (() => void) =>
  services.bus.subscribe(TOPICS.endpointChanged, (message) => {
    const endpointId = (message as { endpointId?: unknown }).endpointId;
    if (typeof endpointId === 'string') listener(endpointId);
  });
