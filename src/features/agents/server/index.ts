/** What other features may use of the agents. */
export { findAnswering, mayAnswer, mayRead as mayReadAgent, readsAgent } from './access.ts';
export { addAgentRoutes } from './routes.ts';
