import type { GenerationError } from '#features/messages/endings.ts';
import type { GenerationState } from '../generations.ts';

/** What is offered below a reply that did not simply end well. Another model always is. */
export type WaysOn = { retry: boolean; goOn: boolean };

/**
 * Only what can help: what failed for good fails again for everybody but an admin, who can change why (a key, an address, a
 * model); a chat that is too long for its model stays so.
 */
export function waysOn(
  state: GenerationState,
  error: GenerationError | null,
  { hasText, isAdmin }: { hasText: boolean; isAdmin: boolean },
): WaysOn {
  const hopeless = state === 'failed' && error !== null && !error.retryable;
  const retry = !hopeless || (isAdmin && error.code !== 'context_too_long');
  return { retry, goOn: retry && hasText };
}
