/** Refusing, before anything is stored, what its model cannot read. */
import { bytesOfLayers, type LayerOwners, readLayers } from '#features/contexts/server/index.ts';
import type { ResolvedModel } from '#features/endpoints/server/index.ts';
import type { Parameters } from '#features/settings/settings.ts';
import type { Queryable } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import { say } from '../say.ts';
import { tokensOfFixed } from './assemble.ts';
import { EVEN, mostTokens } from './estimate-tokens.ts';
import { windowOf } from './window.ts';

export type Asked = LayerOwners & {
  model: Pick<ResolvedModel, 'modelId' | 'contextWindow' | 'tokenRatios'>;
  parameters: Parameters;
  text: string;
  opening: string | null;
};

/** The layers and what surrounds each message; more than there ever are. */
const MESSAGES = 8;

/**
 * Refuses, with 413 `context_too_long`, what does not fit into a window that is known, even without any history: the layers, the
 * message and what its reply is to begin with. Reads the layers only when their size leaves it open.
 */
export async function assertFits(db: Queryable, asked: Asked): Promise<void> {
  const { model, parameters, text, opening } = asked;
  const window = windowOf(model.contextWindow, parameters.maxTokens);
  if (!window.isKnown) return;
  const ratios = model.tokenRatios ?? EVEN;
  const bytes = Buffer.byteLength(text) + Buffer.byteLength(opening ?? '');
  const bytesOfAll = bytes + (await bytesOfLayers(db, asked));
  if (mostTokens(bytesOfAll, MESSAGES, ratios) <= window.room) return;
  const tokens = tokensOfFixed({ layers: await readLayers(db, asked), text, opening }, ratios);
  if (tokens <= window.room) return;
  const { modelId } = model;
  const numbers = { model: modelId, tokens, window: window.tokens, reserved: window.reserved };
  throw new AppError('context_too_long', say('message_exceeds_window', numbers), { field: 'content' });
}
