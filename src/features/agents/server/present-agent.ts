import type { Agent, AgentContent, AgentVersion } from '../agents.ts';
import type { AgentScope } from '../rules.ts';

/** An agent with what its version in force says. */
export type AgentRow = AgentContent & {
  id: string;
  scope: AgentScope;
  ownerId: string | null;
  projectId: string | null;
  version: number;
  archived: boolean;
  createdAt: Date;
  updatedAt: Date;
  mayWrite: boolean;
};

/** SQL: what version `v` says. */
export const CONTENT = `v.name, v.description, v.icon, v.model_id AS "modelId", v.parameters, v.instructions,
  v.tools, v.starters`;
/** SQL: the columns of `AgentRow` but for `mayWrite`, of agent `a`, and where they stand. */
export const SHOWN = `a.id, a.scope, a.owner_id AS "ownerId", a.project_id AS "projectId", a.version, a.archived,
  a.created_at AS "createdAt", a.updated_at AS "updatedAt", ${CONTENT}`;
export const CURRENT = 'FROM agents a JOIN agent_versions v ON v.agent_id = a.id AND v.version = a.version';

const contentOf = (row: AgentContent): AgentContent => ({
  name: row.name,
  description: row.description,
  icon: row.icon,
  modelId: row.modelId,
  parameters: row.parameters,
  instructions: row.instructions,
  tools: row.tools,
  starters: row.starters,
});

/** An agent as whoever asks sees it. */
export const presentAgent = (row: AgentRow): Agent => ({
  id: row.id,
  ...contentOf(row),
  scope: row.scope,
  projectId: row.projectId,
  version: row.version,
  archived: row.archived,
  mayWrite: row.mayWrite,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** A version as it is read, with the name of who saved it. */
export type VersionRow = AgentContent & {
  version: number;
  createdAt: Date;
  createdBy: string | null;
  authorName: string | null;
  restoredFrom: number | null;
};

export const presentVersion = (row: VersionRow): AgentVersion => ({
  version: row.version,
  ...contentOf(row),
  createdAt: row.createdAt.toISOString(),
  createdBy:
    row.createdBy !== null && row.authorName !== null ? { id: row.createdBy, name: row.authorName } : null,
  ...(row.restoredFrom !== null && { restoredFrom: row.restoredFrom }),
});
