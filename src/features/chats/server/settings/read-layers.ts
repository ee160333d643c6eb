/** Reading what each layer says about how a reply is made. */
import { mayAnswer } from '#features/agents/server/index.ts';
import type { AgentVersionRef } from '#features/contexts/server/index.ts';
import { isMemberOf } from '#features/projects/server/index.ts';
import type { Layered } from '#features/settings/most-specific.ts';
import type { ModelSettings } from '#features/settings/settings.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { ChatRow } from '../present-chat.ts';

export type SettingsLayers = {
  /** All but what a message says itself. */
  layers: Layered;
  /** The agent that answers; null: none is chosen, or it may not answer here. */
  agent: AgentVersionRef | null;
  /** The project whose settings and instructions hold: the chat's, for who is a member of it. */
  projectId: string | null;
};

type Row = Record<'project' | 'personal' | 'instance', ModelSettings | null> & {
  projectId: string | null;
  agentId: string | null;
  agentVersion: number;
  agentModelId: string | null;
  agentParameters: ModelSettings['parameters'];
  agentTools: string[];
};

/**
 * What holds for a reply that `asker` asks for in `chat`; `agentId` is an agent that is to answer in place of the chat's. One
 * statement, which every send waits for.
 */
export async function readSettingsLayers(
  db: Queryable,
  { userId }: Pick<Principal, 'userId'>,
  chat: Pick<ChatRow, 'projectId' | 'visibility' | 'agentId' | 'settings'>,
  agentId: string | null | undefined,
): Promise<SettingsLayers> {
  const { rows } = await db.query<Row>({
    name: 'settings-layers',
    text: `SELECT u.settings AS personal, p.id AS "projectId", p.settings AS project, i.settings -> 'settings' AS instance,
             a.id AS "agentId", v.version AS "agentVersion", v.model_id AS "agentModelId",
             v.parameters AS "agentParameters", v.tools AS "agentTools"
           FROM instance i
           LEFT JOIN users u ON u.id = $1
           LEFT JOIN projects p ON p.id = $2 AND ${isMemberOf('p.id', '$1')}
           LEFT JOIN agents a ON a.id = $3 AND ${mayAnswer('$1', { visibility: '$4::text', projectId: '$2::uuid' })}
           LEFT JOIN agent_versions v ON v.agent_id = a.id AND v.version = a.version`,
    values: [userId, chat.projectId, agentId ?? chat.agentId, chat.visibility],
  });
  const row = rows[0]!;
  return {
    layers: {
      chat: chat.settings,
      ...(row.agentId !== null && { agent: settingsOfAgent(row) }),
      ...(row.project && { project: row.project }),
      ...(row.personal && { personal: row.personal }),
      ...(row.instance && { instance: row.instance }),
    },
    agent: row.agentId === null ? null : { id: row.agentId, version: row.agentVersion },
    projectId: row.projectId,
  };
}

/** What an agent leaves open it says nothing about. */
const settingsOfAgent = ({ agentModelId, agentParameters, agentTools }: Row): ModelSettings => ({
  ...(agentModelId !== null && { modelId: agentModelId }),
  parameters: agentParameters,
  ...(agentTools.length > 0 && { tools: agentTools }),
});
