/** Changing agents; each throws what the server refuses. */
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import type { Agent, AgentContent, AgentPatch } from '../agents.ts';
import type { AgentScope } from '../rules.ts';
import { AGENTS, refreshAgents } from './refresh.ts';

const addressOf = (agentId: string): string => `/api/v1/agents/${agentId}`;

function receive(agent: Agent): Agent {
  queryClient.setQueryData([AGENTS, agent.id], agent);
  refreshAgents();
  return agent;
}

/** Whose an agent is to be. */
export type AgentOwner = { scope: AgentScope; projectId: string | null };

export const createAgent = (content: AgentContent, { scope, projectId }: AgentOwner): Promise<Agent> =>
  api<Agent>('POST', '/api/v1/agents', { ...content, scope, ...(projectId && { projectId }) }).then(receive);

/** Saves an agent that began with `baseVersion`; 409 with `current` when another version is in force by now. */
export const changeAgent = (agentId: string, change: AgentPatch): Promise<Agent> =>
  api<Agent>('PATCH', addressOf(agentId), change).then(receive);

export const restoreAgentVersion = (agentId: string, version: number): Promise<Agent> =>
  api<Agent>('POST', `${addressOf(agentId)}/versions/${version}/restore`).then(receive);
