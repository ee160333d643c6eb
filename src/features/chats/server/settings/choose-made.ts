/** Choosing what a reply is made with: agent, model and parameters, each as the most specific layer says. */
import type { AgentVersionRef } from '#features/contexts/server/index.ts';
import { type ResolvedModel, resolveModel } from '#features/endpoints/server/index.ts';
import { type Layered, modelsOf, parametersOf } from '#features/settings/most-specific.ts';
import type { ModelSettings, Parameters } from '#features/settings/settings.ts';
import { inOrder, type Queryable } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { NewMessage } from '../../chats.ts';
import { type Candidate, chooseModel, type Guess } from '../choose-model.ts';
import type { ChatRow } from '../present-chat.ts';
import { say } from '../say.ts';
import { readSettingsLayers, type SettingsLayers } from './read-layers.ts';

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

/** What is to be read for a choice, and the model that is likely to come out of it. */
export type LookedUp = { read: SettingsLayers; likely: Guess };

/** Reads it in one round trip, for who has more to read at the same time. */
export async function lookUp(
  db: Queryable,
  asker: Principal,
  chat: ChatRow,
  { modelId, agentId }: Asked,
): Promise<LookedUp> {
  const value = modelId ?? chat.settings.modelId ?? chat.modelId;
  const [read, model] = await inOrder(
    readSettingsLayers(db, asker, chat, agentId),
    value === null ? Promise.resolve(null) : resolveModel(db, value),
  );
  return { read, likely: { value, model } };
}

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
  lookedUp?: LookedUp,
): Promise<Made> {
  const { read, likely } = lookedUp ?? (await lookUp(db, asker, chat, asked));
  const { layers, ...made } = putTogether(read, asked);
  const { model } = await chooseModel(db, candidatesOf(layers, chat), likely);
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
  return putTogether(await readSettingsLayers(db, asker, chat, asked.agentId), asked);
}

function putTogether(read: SettingsLayers, asked: Asked): Omit<Made, 'model'> & { layers: Layered } {
  if (asked.agentId && !read.agent) throw invalidInput('agentId', say('agent_cannot_answer'));
  const layers = { ...read.layers, message: messageLayer(asked) };
  const parameters = Object.entries(parametersOf(layers)).map(([name, { value }]) => [name, value]);
  return {
    layers,
    agent: read.agent,
    projectId: read.projectId,
    parameters: Object.fromEntries(parameters),
  };
}

const messageLayer = ({ modelId, parameters }: Asked): ModelSettings => ({
  ...(modelId !== undefined && { modelId }),
  ...(parameters && { parameters }),
});
