/** Leaving for good: what the composition root and the housekeeping may use. */
export { purgeOrphans } from './purge-orphans.ts';
export { addLeavingRoutes } from './routes.ts';
