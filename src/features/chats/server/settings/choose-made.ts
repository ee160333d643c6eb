/** Choosing what a reply is made with: agent, model and parameters, each as the most specific layer says. */
import type { AgentVersionRef } from '#features/contexts/server/index.ts';
import type { ResolvedModel } from '#features/endpoints/server/index.ts';
import { type Layered, modelsOf, parametersOf } from '#features/settings/most-specific.ts';
import type { ModelSettings, Parameters } from '#features/settings/settings.ts';
import type { Queryable } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { NewMessage } from '../../chats.ts';
import { type Candidate, chooseModel } from '../choose-model.ts';
import type { ChatRow } from '../present-chat.ts';
import { say } from '../say.ts';
import { readSettingsLayers } from './read-layers.ts';

/** What one reply is made with. */
export type Made = {
  model: ResolvedModel;
  parameters: Parameters;
  agent: AgentVersionRef | null;
  /** The project whose instructions its model is told; null: none. */
  projectId: string | null;
};

/** What a message may say about it itself. */
type Asked = Pick<NewMessage, 'modelId' | 'agentId' | 'parameters'>;

/**
 * What a reply in `chat` is made with that `asker` asks for. 400 for a model that is named with the message and not known, for an
 * agent named with it that may not answer here, and when there is no model at all. A model that a layer below names and that is
 * not known any more is passed over.
 */
export async function chooseMade(
  db: Queryable,
  asker: Principal,
  chat: ChatRow,
  asked: Asked,
): Promise<Made> {
  const { layers, ...made } = await chooseAllButModel(db, asker, chat, asked);
  const { model } = await chooseModel(db, candidatesOf(layers, chat));
  return { ...made, model };
}

/** The models that may be asked in a chat, the most specific layer's first, and then the one that answered last. */
export const candidatesOf = (layers: Layered, chat: Pick<ChatRow, 'modelId'>): Candidate[] => [
  ...modelsOf(layers),
  { value: chat.modelId, from: 'model' },
];

/** The same without a model, for who asks several of them. */
export async function chooseAllButModel(
  db: Queryable,
  asker: Principal,
  chat: ChatRow,
  asked: Asked,
): Promise<Omit<Made, 'model'> & { layers: Layered }> {
  const read = await readSettingsLayers(db, asker, chat, asked.agentId);
  if (asked.agentId && !read.agent) throw invalidInput('agentId', say('agent_cannot_answer'));
  const layers = { ...read.layers, message: messageLayer(asked) };
  const parameters = Object.entries(parametersOf(layers)).map(([name, { value }]) => [name, value]);
  const agent = read.agent && { id: read.agent.id, version: read.agent.version };
  return { layers, agent, projectId: read.projectId, parameters: Object.fromEntries(parameters) };
}

const messageLayer = ({ modelId, parameters }: Asked): ModelSettings => ({
  ...(modelId !== undefined && { modelId }),
  ...(parameters && { parameters }),
});
