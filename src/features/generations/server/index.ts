/** What other features and the composition root may use of the generations' server side. */
export { addAdminGenerationRoutes } from './admin-routes.ts';
export { askModel, type Question } from './ask-model.ts';
export { cancelGenerationsOfChat, stop } from './cancel-generation.ts';
export { dropOldEvents } from './caretaker.ts';
export type { Sink } from './delivery/reader.ts';
export { addHistoryRoutes } from './history/routes.ts';
export { toEvent } from './log-entry.ts';
export { logQueued } from './log-queued.ts';
export { observeGenerations } from './observations.ts';
export { className } from './present-generation.ts';
export { estimateWait, queueOrder, servicePace } from './queue-order.ts';
export { addGenerationRoutes } from './routes.ts';
export { type GenerationsRuntime, startGenerations } from './runtime.ts';
