/** What the floors above and the composition root may use of sharing. */
export { purgeEndedShares } from './purge-ended-shares.ts';
export { addSharingRoutes } from './routes.ts';
