/** Telling how the next reply in a chat will be made: each value with the layer it comes from. */
import { type Layer as ContextLayer, type LayerTexts, spokenLayers } from '#features/contexts/rules.ts';
import { readLayers } from '#features/contexts/server/index.ts';
import { ASSUMED_WINDOW } from '#features/generations/rules.ts';
import { mostSpecific, parametersOf } from '#features/settings/most-specific.ts';
import { type Origin, PARAMETER_NAMES } from '#features/settings/rules.ts';
import type { Queryable } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { ChatSettings, NewChatPlace } from '../../chat-settings.ts';
import { chooseModel } from '../choose-model.ts';
import { placeFor } from '../place-for.ts';
import type { ChatRow } from '../present-chat.ts';
import { assertMade } from './assert-made.ts';
import { candidatesOf } from './choose-made.ts';
import { readSettingsLayers, type SettingsLayers } from './read-layers.ts';

/** What the asker's next message in a chat, which they may read, would be answered with, if it says nothing of that itself. */
export async function readChatSettings(
  db: Queryable,
  asker: Principal,
  chat: ChatRow,
): Promise<ChatSettings> {
  const read = await readSettingsLayers(db, asker, chat, null);
  const told = await readLayers(db, { userId: asker.userId, chatId: chat.id, ...read });
  return presentSettings(db, read, told, chat.modelId);
}

/** What the first message of a chat would be answered with that the asker makes now. Refuses what making it would refuse. */
export async function readNewChatSettings(
  db: Queryable,
  asker: Principal,
  asked: NewChatPlace,
): Promise<ChatSettings> {
  const place = await placeFor(db, asker, asked, { made: false });
  await assertMade(db, asker, place, asked);
  const { agentId = null } = asked;
  const read = await readSettingsLayers(db, asker, { ...place, agentId, settings: {} }, null);
  const told = await readLayers(db, { userId: asker.userId, chatId: null, ...read });
  return presentSettings(db, read, told, null);
}

async function presentSettings(
  db: Queryable,
  { layers, agent }: Pick<SettingsLayers, 'layers' | 'agent'>,
  told: LayerTexts,
  lastModelId: string | null,
): Promise<ChatSettings> {
  const chosen = await chooseModel(db, candidatesOf(layers, { modelId: lastModelId })).catch(orNone);
  const parameters = parametersOf(layers);
  return {
    modelId: chosen ? { value: chosen.model.modelId, from: chosen.from } : NOTHING,
    parameters: Object.fromEntries(
      PARAMETER_NAMES.map((name) => [name, parameters[name] ?? NOTHING]),
    ) as ChatSettings['parameters'],
    agentId: agent ? { value: agent.id, from: 'chat' } : NOTHING,
    tools: mostSpecific(layers, ({ tools }) => tools) ?? NOTHING,
    instructions: spokenLayers(told).map(({ layer, version, text }) => ({
      from: ORIGIN_OF[layer],
      version,
      text,
    })),
    window: windowOf(chosen?.model),
  };
}

const NOTHING = { value: null, from: 'default' } as const;

const ORIGIN_OF: Record<ContextLayer, Origin> = {
  primary: 'instance',
  personal: 'personal',
  project: 'project',
  agent: 'agent',
  chat: 'chat',
};

/** Where no endpoint is set up there is nothing to choose from, which is no error of who looks. */
function orNone(error: unknown): null {
  if (error instanceof AppError && error.field === 'modelId') return null;
  throw error;
}

function windowOf(
  model: { contextWindow: number | null; tellsWindow: boolean } | undefined,
): ChatSettings['window'] {
  if (!model?.contextWindow) return { tokens: ASSUMED_WINDOW, from: 'default' };
  return { tokens: model.contextWindow, from: model.tellsWindow ? 'model' : 'instance' };
}
