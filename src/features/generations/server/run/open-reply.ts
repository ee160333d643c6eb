/** How the log of a reply begins. */
import type { ContextStamp } from '#features/contexts/contexts.ts';
import type { LoggedEvent } from '../../stream-events.ts';
import type { EventStream } from '../stream/event-writer.ts';

type Beginning = {
  messageId: string;
  /** The model's id. */
  modelId: string;
  /** Of a continued reply: the text so far. Readers get it as the first delta, so that all deltas still add up to the text. */
  opening: string | null;
  /** What the model is asked with; null where that is not known. */
  context: ContextStamp | null;
};

/** `message_start` comes once, also when an earlier worker or attempt got as far as that. */
export function startReply(stream: EventStream, beginning: Beginning): void {
  if (!stream.started) stream.append(startOf(stream.generationId, beginning));
}

/**
 * What comes before the model's first words. Not any earlier: a reply of which nothing but its opening is there has not
 * begun, and may be started over by another worker.
 */
export function openReply(stream: EventStream, beginning: Beginning): void {
  startReply(stream, beginning);
  if (beginning.opening !== null) stream.append(openingOf(beginning.opening, correction(stream, beginning)));
}

/**
 * What the first words carry when the log says otherwise: it was begun by a worker that is gone, and something has changed since.
 * Empty in all other replies.
 */
export function correction(
  { logged }: EventStream,
  { context }: Pick<Beginning, 'context'>,
): { context?: ContextStamp } {
  return context && logged.context && logged.context.sha256 !== context.sha256 ? { context } : {};
}

const startOf = (generationId: string, { messageId, modelId, context }: Beginning): LoggedEvent => ({
  type: 'message_start',
  data: { messageId, generationId, model: modelId, ...(context && { context }) },
});
const openingOf = (delta: string, more: { context?: ContextStamp } = {}): LoggedEvent => ({
  type: 'content_delta',
  data: { delta, ...more },
});

/** The events that a reply still lacks which ends before its first words: none, but for a continued one. */
export function lacking(generationId: string, beginning: Beginning, isStarted: boolean): LoggedEvent[] {
  if (beginning.opening === null) return [];
  return [...(isStarted ? [] : [startOf(generationId, beginning)]), openingOf(beginning.opening)];
}
