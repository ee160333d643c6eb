/** What the composition root uses of operations: the description of the API, and housekeeping. */
export { apiDocsRoutes } from './api-docs.ts';
export { dashboardRoute } from './dashboard-route.ts';
export { housekeeping } from './housekeeping.ts';
export { metricsRoute } from './metrics-route.ts';
export { describeApi } from './openapi.ts';
