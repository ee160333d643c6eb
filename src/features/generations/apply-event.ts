/** The one reducer: how events become a message. Used by the server (to fold), the web and the CLI (to draw). */

import type { ContextStamp } from '#features/contexts/contexts.ts';
import type { EndMetadata, GenerationError } from '#features/messages/endings.ts';
import type { Part } from '#features/messages/messages.ts';
import type { GenerationState } from './generations.ts';
import type { LoggedEvent, MessageSnapshot } from './stream-events.ts';

/** A reply as far as it is known: its content after the events up to and including `seq`. */
export type ReplyState = {
  readonly seq: number;
  readonly content: readonly Part[];
  readonly state: GenerationState;
  readonly error: GenerationError | null;
  readonly metadata: EndMetadata | null;
  /** Why the model stopped; null until it did by itself. */
  readonly finishReason: string | null;
  /** What it is made with; null until that is known. */
  readonly context: ContextStamp | null;
};

/** A reply of which nothing is known yet. */
export const EMPTY_REPLY: ReplyState = {
  seq: 0,
  content: [],
  state: 'queued',
  error: null,
  metadata: null,
  finishReason: null,
  context: null,
};

/**
 * The reply after one more event. Pure. An event already applied (`seq` not above the state's) changes nothing,
 * so replays are harmless; a gap is the caller's to notice, by comparing `seq` with `reply.seq + 1`.
 */
export function applyEvent(reply: ReplyState, event: LoggedEvent, seq: number): ReplyState {
  if (seq <= reply.seq) return reply;
  switch (event.type) {
    case 'message_start':
      return { ...reply, seq, state: 'running', ...newer(event.data) };
    case 'content_delta':
      return {
        ...reply,
        seq,
        content: append(reply.content, 'text', event.data.delta),
        ...newer(event.data),
      };
    case 'reasoning_delta':
      return {
        ...reply,
        seq,
        content: append(reply.content, 'reasoning', event.data.delta),
        ...newer(event.data),
      };
    case 'tool_call': {
      const { context, ...call } = event.data;
      return {
        ...reply,
        seq,
        content: [...reply.content, { type: event.type, ...call }],
        ...newer({ context }),
      };
    }
    case 'tool_result':
      return { ...reply, seq, content: [...reply.content, { type: event.type, ...event.data } as Part] };
    case 'message_end':
      return {
        ...reply,
        seq,
        state: event.data.state,
        metadata: event.data.metadata,
        finishReason: event.data.finishReason,
      };
    case 'error': {
      const { state, metadata, ...error } = event.data;
      return { ...reply, seq, state, error, metadata };
    }
    default:
      // An event of a newer version of the contract: it has its number, and says nothing we could draw.
      return { ...reply, seq };
  }
}

/** The stamp, where an event carries one. */
const newer = ({ context }: { context?: ContextStamp | undefined }) => (context ? { context } : {});

/** The reply that a snapshot stands for; it replaces whatever was known. */
export function applySnapshot(snapshot: MessageSnapshot): ReplyState {
  const { seq, content, state } = snapshot;
  return { ...EMPTY_REPLY, seq, content, state, ...newer(snapshot) };
}

function append(content: readonly Part[], type: 'text' | 'reasoning', delta: string): readonly Part[] {
  const last = content.at(-1);
  if (last?.type !== type) return [...content, { type, text: delta }];
  return [...content.slice(0, -1), { type, text: last.text + delta }];
}
