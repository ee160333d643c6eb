/** Tells everybody who remembers principals that some of them changed: disabled, signed out, key revoked, role changed. */
import { z } from 'zod';
import type { Shapes } from '#platform/live-bus/shapes.ts';
import type { Services } from '#platform/services.ts';
import { TOPICS } from '#platform/signals.ts';

/** What other processes may say of principals. */
export const accountMessages: Shapes = {
  [TOPICS.principalsChanged]: z.object({ type: z.literal('principals_changed') }),
};

/** Call it after the change is committed. Processes the bus does not reach learn of it by their own polling. */
export const principalsChanged = (services: Services): void =>
  services.bus.publish(TOPICS.principalsChanged, { type: 'principals_changed' });

/** Calls `listener` on such a change, and after a gap in which one may have been missed. */
export function onPrincipalsChanged(services: Services, listener: () => void): void {
  services.bus.subscribe(TOPICS.principalsChanged, listener);
  services.bus.onGap(listener);
}
