/** How a reply ends, in the words that server, page and terminal share. */
import { z } from 'zod';
import { ContextStamp } from '#features/contexts/contexts.ts';
import { SentenceRef } from '#fields';
import { FAILURE_CODES } from '#providers/words.ts';

export const TerminalState = z.enum(['completed', 'failed', 'cancelled', 'timed_out', 'interrupted']);
export type TerminalState = z.infer<typeof TerminalState>;

/** Why a generation ended other than completed or cancelled. */
export const GenerationErrorCode = z.enum([
  ...FAILURE_CODES,
  'queue_full',
  'timeout_queue',
  'timeout_first_token',
  'timeout_idle',
  'timeout_total',
  'worker_lost',
]);
export type GenerationErrorCode = z.infer<typeof GenerationErrorCode>;

export const GenerationError = z.object({
  code: GenerationErrorCode,
  /** A sentence for people, in English. */
  detail: z.string(),
  retryable: z.boolean(),
  /** That sentence's name and what it says; older errors have none, and are told by their code. */
  ...SentenceRef.partial().shape,
});
export type GenerationError = z.infer<typeof GenerationError>;

/** What was measured of a reply. Times in milliseconds. */
export const EndMetadata = z.object({
  /** The model's id, `<endpoint name>/<model name>`. */
  model: z.string(),
  inputTokens: z.int().nullable(),
  outputTokens: z.int().nullable(),
  ttftMs: z.int().nullable(),
  durationMs: z.int().nullable(),
  /** There, and true, when the model server did not count, so that Parley estimated. */
  tokensEstimated: z.literal(true).optional(),
});
export type EndMetadata = z.infer<typeof EndMetadata>;

/** A reply's own record of its end. */
export const Ending = EndMetadata.extend({
  state: TerminalState,
  error: GenerationError.nullable(),
  /** Why the model stopped: `stop`, `length`, … ; null when it did not stop by itself. */
  finishReason: z.string().nullable(),
  /** What it was made with; null when no model was asked, missing with replies from before there were stamps. */
  context: ContextStamp.nullable().optional(),
});
export type Ending = z.infer<typeof Ending>;
