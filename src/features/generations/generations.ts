/** What server, web and CLI share about generations: one run of a model that writes one reply. */
import { z } from 'zod';
import { GenerationError, TerminalState } from '#features/messages/endings.ts';
import { Id } from '#fields';

export const GenerationState = z.enum(['queued', 'running', ...TerminalState.options]);
export type GenerationState = z.infer<typeof GenerationState>;

/** Priority classes, most urgent first; a lower class runs only when none above it waits. */
export const PriorityClass = z.enum(['interactive', 'batch', 'background']);
export type PriorityClass = z.infer<typeof PriorityClass>;

const Time = z.iso.datetime();

/** A generation as the API shows it: queue entry, running state and ledger row in one. */
export const Generation = z.object({
  id: Id,
  chatId: Id.nullable(),
  messageId: Id.nullable(),
  state: GenerationState,
  /** How many will start before this one (the next has 0); null once it runs. */
  position: z.int().nullable(),
  /** How many wait at that endpoint, this one included; null once it runs. */
  queueSize: z.int().nullable(),
  etaSeconds: z.number().nullable(),
  /** The model's id, `<endpoint name>/<model name>`. */
  model: z.string(),
  endpointId: Id.nullable(),
  class: PriorityClass,
  client: z.string(),
  queuedAt: Time,
  startedAt: Time.nullable(),
  firstTokenAt: Time.nullable(),
  finishedAt: Time.nullable(),
  inputTokens: z.int().nullable(),
  outputTokens: z.int().nullable(),
  error: GenerationError.nullable(),
});
export type Generation = z.infer<typeof Generation>;
