import { type LiveBus, QUEUE_TOPIC } from '#platform/live-bus/live-bus.ts';

/** Wakes the workers of this process without a hop, once a generation that was queued at the endpoint is committed. */
export const wakeLine = (bus: LiveBus, endpointId: string | null): void =>
  bus.publishHere(QUEUE_TOPIC, { type: 'enqueued', endpointId });
