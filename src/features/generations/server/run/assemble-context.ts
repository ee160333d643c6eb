/** The one place that decides what a model gets to read. */

import { textOf } from '#features/messages/rules.ts';
import { branchOf } from '#features/messages/server/index.ts';
import type { Database } from '#platform/database/database.ts';
import type { ProviderMessage, ProviderRequest } from '#providers/provider.ts';
import type { Claimed } from '../queue/claim.ts';

/** The part of a program's own input that it sends instead of a chat. */
export type OwnInput = Pick<ProviderRequest, 'messages' | 'tools' | 'toolChoice' | 'responseFormat'>;

/**
 * What the provider is asked for a claimed generation: the branch that ends in the message it answers, oldest
 * first, or the input a program brought along. Replies without text (stopped at once, or still being written
 * elsewhere) are left out; reasoning is never sent back. A reply that goes on from an unfinished one has its text as the
 * last turn, the assistant's own.
 */
export async function assembleContext(db: Database, generation: Claimed): Promise<ProviderRequest> {
  const own = generation.input as OwnInput | null;
  const messages = own ? own.messages : [...(await history(db, generation)), ...opening(generation)];
  return { ...generation.parameters, ...own, model: generation.modelName, messages };
}

async function history(db: Database, { chatId, userMessageId }: Claimed): Promise<ProviderMessage[]> {
  if (!chatId) return [];
  const { messages } = await branchOf(db.$client, chatId, userMessageId);
  return messages.flatMap(({ role, content }): ProviderMessage[] => {
    const text = textOf(content);
    if (role === 'tool' || text === '') return [];
    return [{ role, text }];
  });
}

const opening = ({ opening }: Claimed): ProviderMessage[] =>
  opening === null ? [] : [{ role: 'assistant', text: opening }];
