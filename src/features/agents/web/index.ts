/** What other features and the page may use of the agents. */
export { AgentIcon } from './agent-icon.tsx';
export { later as agentWords } from './later-words.ts';
export { PROJECT_AGENTS } from './parts.ts';
export { refreshAgents } from './refresh.ts';
export { type ChatPlace, useAgents, useAgentsFor } from './use-agents.ts';
