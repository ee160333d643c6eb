import { type Ending, GenerationError, TerminalState } from '#features/messages/endings.ts';
import type { RecordGeneration } from '../../record.ts';

/** In characters. */
const LONGEST_MODEL = 400;

/**
 * How the page tells that a reply ended. It has to name a model and a state: what names no model has no ending here, and what says
 * nothing of its state is taken to be whole. The record keeps what was really said.
 */
export function toEnding(generation: RecordGeneration | undefined): Ending | null {
  if (!generation?.model) return null;
  const { state: said, error } = generation;
  const known = TerminalState.safeParse(said);
  const state = known.success ? known.data : said === undefined ? 'completed' : 'interrupted';
  const parsed = GenerationError.safeParse(error);
  return {
    model: generation.model.slice(0, LONGEST_MODEL).toWellFormed(),
    inputTokens: generation.inputTokens ?? null,
    outputTokens: generation.outputTokens ?? null,
    ttftMs: generation.ttftMs ?? null,
    durationMs: generation.durationMs ?? null,
    ...(generation.tokensEstimated === true && { tokensEstimated: true as const }),
    state,
    error: parsed.success ? parsed.data : state === 'completed' || state === 'cancelled' ? null : UNKNOWN,
    finishReason: generation.finishReason ?? null,
  };
}

const UNKNOWN: GenerationError = {
  code: 'endpoint_error',
  detail: 'This reply did not end well where it was written.',
  retryable: false,
};
