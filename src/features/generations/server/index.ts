/** What other features and the composition root may use of the generations' server side. */
export { cancelGenerationsOfChat } from './cancel-generation.ts';
export { dropOldEvents } from './caretaker.ts';
export { addHistoryRoutes } from './history/routes.ts';
export { addGenerationRoutes } from './routes.ts';
export { type GenerationsRuntime, startGenerations } from './runtime.ts';
