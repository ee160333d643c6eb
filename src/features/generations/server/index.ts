/** What the floors above and the composition root may use of the engine. */
export { findGeneration, generationFor, goingOn } from './access.ts';
export { generationMessages } from './bus-messages.ts';
export { agentOf } from './context/agent-of.ts';
export { assertFits } from './context/assert-fits.ts';
export { rebuildContext } from './context/rebuild-context.ts';
export { startFollowers } from './followers/start-followers.ts';
export {
  type Follower,
  type FollowUp,
  follower,
  isAwaitedSql,
  whenEnded,
  whenEndedOnce,
} from './followers/when-ended.ts';
export { logQueued } from './log-queued.ts';
export { observeGenerations } from './observations.ts';
export {
  className,
  type GenerationRow,
  type Place,
  placeOf,
  presentGeneration,
} from './present-generation.ts';
export { dropOldCounters } from './queue/drop-old-counters.ts';
export { enqueue } from './queue/enqueue.ts';
export { isBidden } from './queue/fair-share.ts';
export {
  estimateWait,
  queueOrder,
  servicePace,
  type Waiting,
} from './queue/queue-order.ts';
export { TOKENS_COUNTED } from './queue/token-limit.ts';
export { wakeLine } from './queue/wake-line.ts';
export {
  findGenerationOf,
  firstReplyOf,
  isInWork,
  lastReplyOf,
  openingOf,
  repliesInWork,
} from './replies-of.ts';
export { addGenerationRoutes } from './routes.ts';
export { admit } from './run/admit.ts';
export { askModel, type Question } from './run/ask-model.ts';
export { askUnbidden } from './run/ask-unbidden.ts';
export {
  cancelGeneration,
  cancelGenerationsOfChat,
  cancelGenerationsOfChats,
  cancelRepliesOfChat,
  stop,
} from './run/cancel-generation.ts';
export { dropOldEvents } from './run/caretaker.ts';
export { type GenerationsRuntime, startGenerations } from './runtime.ts';
export { watchBacklog } from './stream/backlog.ts';
export type { Delivery, OpenReader } from './stream/delivery.ts';
export { readLoggedText } from './stream/event-log.ts';
export { type LogEntry, toEvent } from './stream/log-entry.ts';
export type { Sink } from './stream/reader.ts';
export { streamEvents } from './stream/sse.ts';
