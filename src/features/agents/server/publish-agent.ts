import { EVERYBODY_TOPIC, projectTopic, userTopic } from '#platform/live-bus/live-bus.ts';
import type { Services } from '#platform/services.ts';
import type { AgentRow } from './present-agent.ts';

type Told = Pick<AgentRow, 'id' | 'scope' | 'ownerId' | 'projectId' | 'archived'>;

/** Tells everybody who may read an agent that it is new or has changed; they read it themselves. Call it after the commit. */
export function publishAgent({ bus }: Pick<Services, 'bus'>, agent: Told): void {
  const data = { agentId: agent.id, scope: agent.scope, projectId: agent.projectId };
  bus.publish(topicOf(agent), { type: agent.archived ? 'agent_deleted' : 'agent_saved', data });
}

function topicOf({ ownerId, projectId }: Told): string {
  if (projectId !== null) return projectTopic(projectId);
  return ownerId === null ? EVERYBODY_TOPIC : userTopic(ownerId);
}
