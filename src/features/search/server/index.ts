/** What the composition root may use of searching. */
export { startSearchIndex } from './indexer/start-search-index.ts';
export { addSearchRoutes } from './routes.ts';
