import type { AgentVersionRef } from '#features/contexts/server/index.ts';

/** The agent that answers with a generation, in the version that it had when it was asked. */
export const agentOf = ({ agentId, agentVersion }: AgentOfGeneration): AgentVersionRef | null =>
  agentId !== null && agentVersion !== null ? { id: agentId, version: agentVersion } : null;

type AgentOfGeneration = { agentId: string | null; agentVersion: number | null };
