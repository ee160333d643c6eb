/** What the composition root may use of the ledger's history. */
export { addHistoryRoutes } from './routes.ts';
