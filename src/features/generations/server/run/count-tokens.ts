import type { Part } from '#features/messages/messages.ts';
import type { ProviderRequest } from '#providers/provider.ts';
import { estimateTokens } from '../queue/fair-share.ts';

/** `tokensEstimated` is there, and true, when one of the numbers is ours rather than the model server's. */
export type CountedTokens = {
  inputTokens: number | null;
  outputTokens: number | null;
  tokensEstimated?: true;
};

/**
 * The tokens of a run for the ledger: as the model server counted them, else estimated from what it read and wrote.
 * What a continued reply begins with was read, not written (`openingCharacters`). Null for a model that was not reached, or refused before it had written anything.
 */
export function countTokens(
  reported: { inputTokens: number | null; outputTokens: number | null; ttftMs: number | null } | null,
  completed: boolean,
  request: ProviderRequest | null,
  content: readonly Part[],
  openingCharacters: number,
): CountedTokens {
  const { inputTokens = null, outputTokens = null, ttftMs = null } = reported ?? {};
  const complete = inputTokens !== null && outputTokens !== null;
  if (complete || (ttftMs === null && !completed)) return { inputTokens, outputTokens };
  return {
    inputTokens: inputTokens ?? estimateInput(request),
    outputTokens:
      outputTokens ??
      estimateTokens(content.reduce((sum, part) => sum + charactersOf(part), -openingCharacters)),
    tokensEstimated: true,
  };
}

/** What a model had to read, estimated. */
export const estimateInput = (request: ProviderRequest | null): number =>
  estimateTokens((request?.messages ?? []).reduce((sum, message) => sum + message.text.length, 0));

function charactersOf(part: Part): number {
  if (part.type === 'tool_call') return part.name.length + part.arguments.length;
  return part.type === 'tool_result' ? part.result.length : part.text.length;
}
