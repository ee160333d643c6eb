/** The one place that decides what a model gets to read. */

import type { Database } from '#platform/database/database.ts';
import type { ProviderMessage, ProviderRequest } from '#providers/provider.ts';
import type { Claimed } from '../queue/claim.ts';
import { readHistory } from './read-history.ts';

/** The part of a program's own input that it sends instead of a chat. */
export type OwnInput = Pick<ProviderRequest, 'messages' | 'tools' | 'toolChoice' | 'responseFormat'>;

/**
 * What the provider is asked for a claimed generation: of the branch that ends in the message it answers what fits into the
 * model's window, or the input a program brought along. A reply that goes on from an unfinished one has its text as the
 * last turn, the assistant's own.
 */
export async function assembleContext(db: Database, generation: Claimed): Promise<ProviderRequest> {
  const own = generation.input as OwnInput | null;
  const messages = own ? own.messages : [...(await readHistory(db, generation)), ...opening(generation)];
  return { ...generation.parameters, ...own, model: generation.modelName, messages };
}

const opening = ({ opening }: Claimed): ProviderMessage[] =>
  opening === null ? [] : [{ role: 'assistant', text: opening }];
