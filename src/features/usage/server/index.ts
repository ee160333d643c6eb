/** What the composition root may use of the ledger's history. */
export { exportLedger } from './export-ledger.ts';
export { addUsageRoutes } from './routes.ts';
export { sumUpUsage } from './sum-up-usage.ts';
