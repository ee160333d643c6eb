/** Making an agent and changing it: always a new version, and of two savers at once each sees the other's. */
import { isDeepStrictEqual } from 'node:util';
import { bytesOfAgent, growStorage } from '#features/accounts/server/index.ts';
import { recordAct } from '#features/audit/server/index.ts';
import { MAX_CONTEXT_BYTES } from '#features/contexts/rules.ts';
import { projectNamed } from '#features/projects/server/index.ts';
import { assertSettings } from '#features/settings/server/index.ts';
import { inTransaction, type Tx } from '#platform/database/database.ts';
import { AppError, invalidInput } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { Agent, AgentContent, AgentPatch, NewAgent } from '../agents.ts';
import { agentFor, refusal } from './access.ts';
import { assertRoomForAgent } from './agent-limits.ts';
import { type AgentRow, presentAgent } from './present-agent.ts';
import { publishAgent } from './publish-agent.ts';
import { readVersion } from './read-versions.ts';
import { say } from './say.ts';

const NOTHING_SAID: Omit<AgentContent, 'name'> = {
  description: '',
  icon: '',
  modelId: null,
  parameters: {},
  instructions: '',
  tools: [],
  starters: [],
};

/**
 * Makes an agent in its first version. 400 for an unknown model or project, 403 in a project in which the asker only reads and for
 * who is no admin and means everybody's, 409 when there are too many, 413 above 256 KiB of instructions, 403 `storage_limit`.
 */
export async function createAgent(services: Services, asker: Principal, input: NewAgent): Promise<Agent> {
  const { scope, projectId, ...said } = input;
  const content = { ...NOTHING_SAID, ...said };
  const agent = await inTransaction(services.db, async (tx) => {
    const owner = await ownerOf(tx, asker, scope, projectId ?? null);
    await assertContent(tx, content);
    await assertRoomForAgent(tx, asker, scope, owner.projectId);
    const id = newId();
    const { rows } = await tx.query<Pick<AgentRow, 'createdAt' | 'updatedAt'>>(
      `INSERT INTO agents (id, scope, owner_id, project_id, version) VALUES ($1, $2, $3, $4, 1)
       RETURNING created_at AS "createdAt", updated_at AS "updatedAt"`,
      [id, scope, owner.ownerId, owner.projectId],
    );
    const row = { ...content, ...owner, ...rows[0]!, id, scope, version: 1, archived: false, mayWrite: true };
    await addVersion(tx, asker, row, null);
    await record(tx, asker, 'agent.create', row);
    return row;
  });
  publishAgent(services, agent);
  return presentAgent(agent);
}

/** Whose it is to be; refuses who may not. The project is locked, so that it is there until the transaction ends. */
async function ownerOf(
  tx: Tx,
  asker: Principal,
  scope: AgentRow['scope'],
  projectId: string | null,
): Promise<Pick<AgentRow, 'ownerId' | 'projectId'>> {
  if (scope === 'project') {
    if (!projectId) throw invalidInput('projectId', say('project_missing'));
    await projectNamed(tx, asker, projectId, 'write', { lock: 'share' });
    return { ownerId: null, projectId };
  }
  if (projectId) throw invalidInput('projectId', say('project_unexpected'));
  if (scope === 'instance' && asker.role !== 'admin') throw refusal(scope);
  return { ownerId: scope === 'personal' ? asker.userId : null, projectId: null };
}

/**
 * Changes what is named, as a new version; what says the same as before makes none. 409 with `current` when `baseVersion` is not
 * the one in force any more. Archiving and taking back change no version.
 */
export async function changeAgent(
  services: Services,
  asker: Principal,
  agentId: string,
  { archived, baseVersion, ...said }: AgentPatch,
): Promise<Agent> {
  return save(services, asker, agentId, async (tx, known) => {
    if (baseVersion !== undefined && baseVersion !== known.version) throw conflict(known);
    const content = { ...contentOf(known), ...said };
    const isNew = !isDeepStrictEqual(content, contentOf(known));
    if (isNew) await assertContent(tx, content);
    return { content: isNew ? content : null, archived: archived ?? known.archived, restoredFrom: null };
  });
}

/** Brings a version back, as a new one; 404 when there is none. */
export async function restoreAgent(
  services: Services,
  asker: Principal,
  agentId: string,
  version: number,
): Promise<Agent> {
  return save(services, asker, agentId, async (tx, known) => {
    const {
      createdAt: _at,
      createdBy: _by,
      restoredFrom: _from,
      version: _version,
      ...content
    } = await readVersion(tx, agentId, version);
    return { content, archived: known.archived, restoredFrom: version };
  });
}

type Change = { content: AgentContent | null; archived: boolean; restoredFrom: number | null };

async function save(
  services: Services,
  asker: Principal,
  agentId: string,
  change: (tx: Tx, known: AgentRow) => Promise<Change>,
): Promise<Agent> {
  const agent = await inTransaction(services.db, async (tx) => {
    const known = await agentFor(tx, asker, agentId, 'write', { lock: true });
    const { content, archived, restoredFrom } = await change(tx, known);
    if (!content && archived === known.archived) return known;
    const row = { ...known, ...content, archived, version: known.version + (content ? 1 : 0) };
    const { rows } = await tx.query<Pick<AgentRow, 'updatedAt'>>(
      `UPDATE agents SET version = $2, archived = $3, updated_at = greatest(updated_at, now()) WHERE id = $1
       RETURNING updated_at AS "updatedAt"`,
      [agentId, row.version, archived],
    );
    if (content) await addVersion(tx, asker, row, restoredFrom);
    await record(tx, asker, 'agent.change', row, { archived, ...(restoredFrom && { restoredFrom }) });
    return { ...row, ...rows[0]! };
  });
  publishAgent(services, agent);
  return presentAgent(agent);
}

/** Everybody's agents are changed by admins, and that is logged. */
async function record(
  tx: Tx,
  asker: Principal,
  action: 'agent.create' | 'agent.change',
  { id, name, scope, version }: AgentRow,
  detail: object = {},
): Promise<void> {
  if (scope === 'instance')
    await recordAct(tx, asker, action, { kind: 'agent', id, name }, { version, ...detail });
}

function contentOf(row: AgentContent): AgentContent {
  const { name, description, icon, modelId, parameters, instructions, tools, starters } = row;
  return { name, description, icon, modelId, parameters, instructions, tools, starters };
}

async function assertContent(tx: Tx, { modelId, parameters, instructions }: AgentContent): Promise<void> {
  if (Buffer.byteLength(instructions) > MAX_CONTEXT_BYTES)
    throw new AppError('too_large', say('instructions_too_large', { kibibytes: MAX_CONTEXT_BYTES / 1024 }), {
      field: 'instructions',
    });
  if (modelId !== null) await assertSettings(tx, { modelId, parameters });
}

function conflict(known: AgentRow): AppError {
  const current = presentAgent(known);
  return new AppError('conflict', say('agent_saved_meanwhile'), { field: 'baseVersion', current });
}

async function addVersion(
  tx: Tx,
  asker: Principal,
  agent: AgentRow,
  restoredFrom: number | null,
): Promise<void> {
  await tx.query(
    `INSERT INTO agent_versions (agent_id, version, name, description, icon, model_id, parameters, instructions, tools,
       starters, created_by, restored_from)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      agent.id,
      agent.version,
      agent.name,
      agent.description,
      agent.icon,
      agent.modelId,
      JSON.stringify(agent.parameters),
      agent.instructions,
      agent.tools,
      agent.starters,
      asker.userId,
      restoredFrom,
    ],
  );
  // Everybody's counts for nobody.
  if (agent.scope !== 'instance') await growStorage(tx, asker, { bytes: bytesOfAgent(agent) });
}
