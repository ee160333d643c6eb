/** What a claimed generation asks its provider: read in here, decided in `assemble`. */
import type { ContextStamp } from '#features/contexts/contexts.ts';
import { readLayers } from '#features/contexts/server/index.ts';
import type { Database } from '#platform/database/database.ts';
import type { ProviderRequest } from '#providers/provider.ts';
import type { Claimed } from '../queue/claim.ts';
import { agentOf } from './agent-of.ts';
import { assemble } from './assemble.ts';
import { EVEN, type Tokens } from './estimate-tokens.ts';
import { readBranch } from './read-history.ts';
import { windowOf } from './window.ts';

/** The part of a program's own input that it sends instead of a chat. */
export type OwnInput = Pick<ProviderRequest, 'messages' | 'tools' | 'toolChoice' | 'responseFormat'>;

export type AssembledContext = {
  request: ProviderRequest;
  /** What the reply is stamped with, and the estimate behind it; null for a program's own input, which is nobody's reply. */
  stamp: ContextStamp | null;
  tokens: Tokens | null;
};

/**
 * The request of a claimed generation: of its chat, with all layers, as much as fits into the model's window; or the input that a
 * program brought along, as it is. A reply that goes on from an unfinished one has its text as the last turn, the assistant's own.
 */
export async function assembleContext(db: Database, generation: Claimed): Promise<AssembledContext> {
  const { modelName: model, parameters, userId, chatId, projectId } = generation;
  const own = generation.input as OwnInput | null;
  if (own || !chatId)
    return { request: { ...parameters, messages: [], ...own, model }, stamp: null, tokens: null };
  const window = windowOf(generation.contextWindow, (parameters as { maxTokens?: number }).maxTokens);
  const ratios = generation.tokenRatios ?? EVEN;
  // At once, each on a connection of its own.
  const [layers, branch] = await Promise.all([
    readLayers(db.$client, { userId, chatId, projectId, agent: agentOf(generation) }),
    readBranch(db.$client, chatId, generation.userMessageId, window.room, ratios),
  ]);
  const opening =
    generation.opening === null
      ? null
      : { id: generation.messageId ?? generation.id, text: generation.opening };
  const { messages, stamp, tokens } = assemble({
    model,
    parameters,
    agentId: generation.agentId,
    layers,
    ...branch,
    opening,
    window,
    ratios,
  });
  return { request: { ...parameters, model, messages }, stamp, tokens };
}
