import type { ContextStamp } from '#features/contexts/contexts.ts';
import type { EndMetadata, GenerationError, TerminalState } from '#features/messages/endings.ts';
import type { LoggedEvent } from '../../stream-events.ts';

/** How a generation ended, whoever says so. */
export type GenerationEnd = {
  state: TerminalState;
  error: GenerationError | null;
  finishReason: string | null;
  metadata: EndMetadata;
  /** Its real cost in fair-share units; null leaves the estimate as charged. */
  cost: number | null;
  /** What the reply was made with, where whoever ends it knows. */
  context: ContextStamp | null;
};

/** The event that tells an ending. */
export function endingEvent(ending: GenerationEnd): LoggedEvent {
  const { state, error, finishReason, metadata } = ending;
  if (state === 'completed' || state === 'cancelled')
    return { type: 'message_end', data: { state, finishReason, metadata } };
  if (!error) throw new Error(`A generation that ended ${state} needs an error.`);
  return { type: 'error', data: { state, ...error, metadata } };
}
