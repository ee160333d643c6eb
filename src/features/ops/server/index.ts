/** What the composition root uses of operations: the description of the API, and housekeeping. */
export { addApiDocsRoutes } from './api-docs.ts';
export { addDashboardRoutes } from './dashboard-route.ts';
export { housekeeping } from './housekeeping.ts';
export { addMetricsRoutes } from './metrics-route.ts';
export { describeApi } from './openapi.ts';
