/** What other features and the composition root may use of the generations' server side. */

export { addHistoryRoutes } from '#features/usage/server/routes.ts';
export { addAdminGenerationRoutes } from './admin-routes.ts';
export { logQueued } from './log-queued.ts';
export { observeGenerations } from './observations.ts';
export { className } from './present-generation.ts';
export { estimateWait, queueOrder, servicePace } from './queue/queue-order.ts';
export { addGenerationRoutes } from './routes.ts';
export { askModel, type Question } from './run/ask-model.ts';
export { cancelGenerationsOfChat, stop } from './run/cancel-generation.ts';
export { dropOldEvents } from './run/caretaker.ts';
export { type GenerationsRuntime, startGenerations } from './runtime.ts';
export { toEvent } from './stream/log-entry.ts';
export type { Sink } from './stream/reader.ts';
