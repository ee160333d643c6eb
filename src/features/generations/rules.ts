/** Rules about generations that the page runs as well, so they need no schemas. */

import type { TerminalState } from '#features/messages/endings.ts';
import type { GenerationState } from './generations.ts';

/** True once it has ended, whatever the way. */
export const isTerminalState = (state: GenerationState): state is TerminalState =>
  state !== 'queued' && state !== 'running';

/** Tokens that a model is taken to read where nobody says: what small local models have. */
export const ASSUMED_WINDOW = 8_192;

/** The two events that end a generation; nothing follows them. */
export const isTerminalEvent = (type: string): boolean => type === 'message_end' || type === 'error';
