/** The log of what admins do: what the rest of the server may use. */
export { recordAct, type Target } from './record-act.ts';
export { addAuditRoutes } from './routes.ts';
