/** The stream contract: every event a reader can get, over SSE and WebSocket alike. See docs/stream-contract.md. */
import { z } from 'zod';
import { ContextStamp } from '#features/contexts/contexts.ts';
import { EndMetadata, GenerationError } from '#features/messages/endings.ts';
import { Message, Part } from '#features/messages/messages.ts';
import { Id } from '#fields';
import { Generation, GenerationState } from './generations.ts';

/** What the reply is made with. Missing where nothing was assembled, and from older versions. */
const context = ContextStamp.optional();
export const MessageStart = z.object({ messageId: Id, generationId: Id, model: z.string(), context });
/** With `context` only the first, and only where a worker that took over made the reply with something else than was said. */
export const Delta = z.object({ delta: z.string(), context });
export const ToolCall = z.object({
  toolCallId: z.string(),
  name: z.string(),
  arguments: z.string(),
  context,
});
export const ToolResult = z.object({ toolCallId: z.string(), result: z.string() });
export const MessageEnd = z.object({
  state: z.enum(['completed', 'cancelled']),
  /** Why the model stopped: `stop`, `length`, … ; null when it was cancelled. */
  finishReason: z.string().nullable(),
  metadata: EndMetadata,
});
export const ErrorEvent = GenerationError.extend({
  state: z.enum(['failed', 'timed_out', 'interrupted']),
  metadata: EndMetadata,
});

/** Logged events: stored, numbered from 1 without a gap in each generation, and replayed to whoever asks. */
export type LoggedEvent =
  | { type: 'message_start'; data: z.infer<typeof MessageStart> }
  | { type: 'content_delta'; data: z.infer<typeof Delta> }
  | { type: 'reasoning_delta'; data: z.infer<typeof Delta> }
  | { type: 'tool_call'; data: z.infer<typeof ToolCall> }
  | { type: 'tool_result'; data: z.infer<typeof ToolResult> }
  | { type: 'message_end'; data: z.infer<typeof MessageEnd> }
  | { type: 'error'; data: z.infer<typeof ErrorEvent> };
export type LoggedEventType = LoggedEvent['type'];

export const Stage = z.enum(['waiting', 'loading_model', 'thinking', 'writing', 'endpoint_down']);
export type Stage = z.infer<typeof Stage>;
/** Why nothing starts at an endpoint: an admin has switched it off or paused it, or its server is down. */
export const Stopped = z.enum(['switched_off', 'paused', 'down']);
export type Stopped = z.infer<typeof Stopped>;
export const QueueUpdate = z.object({
  position: z.int().nullable(),
  queueSize: z.int().nullable(),
  etaSeconds: z.number().nullable(),
  stage: Stage,
  /** Why the position grew; only then. */
  reason: z.enum(['fair_share', 'priority', 'slots']).optional(),
  /** With `endpoint_down`: why nothing starts there. `down`: its server does not answer, or fails again and again. */
  stopped: Stopped.optional(),
  /** With `endpoint_down`: since when (ISO time), where that is known. */
  since: z.string().optional(),
});
export type QueueUpdate = z.infer<typeof QueueUpdate>;

export const MessageSnapshot = z.object({
  seq: z.int(),
  messageId: Id,
  content: z.array(Part),
  state: GenerationState,
  context,
});
export type MessageSnapshot = z.infer<typeof MessageSnapshot>;
export const UserMessageSaved = z.object({
  ref: z.string().optional(),
  message: Message,
  reply: Message,
  generation: Generation,
});
export type UserMessageSaved = z.infer<typeof UserMessageSaved>;

/** Passing events: true now, never stored, never replayed, without a number. */
export type PassingEvent =
  | { type: 'queue_update'; data: QueueUpdate }
  | { type: 'user_message_saved'; data: UserMessageSaved }
  | { type: 'message_snapshot'; data: MessageSnapshot };
