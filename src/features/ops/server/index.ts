/** What the composition root uses of operations: the description of the API. */
export { apiDocsRoutes } from './api-docs.ts';
export { describeApi } from './openapi.ts';
