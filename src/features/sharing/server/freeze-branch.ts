import type { Part } from '#features/messages/messages.ts';
import { branchOf } from '#features/messages/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import type { SharedMessage } from '../sharing.ts';
import { say } from './say.ts';

/** The text of one copy, as JSON: it is sent and drawn as a whole. */
export const MOST_SHARED_BYTES = 8 * 1024 * 1024;
/** What may stand around it in a branch and is not copied: calls of tools, their results, reasoning, metadata. */
const MOST_READ_BYTES = 64 * 1024 * 1024;

/**
 * Copies the branch that ends in a message: what was said by people and models, in order, and nothing else. Instructions and what
 * tools answered are left out, as is what has no text: a reply that is still written, or ended without a word. 413 when it is too much.
 */
export async function freezeBranch(
  db: Queryable,
  chatId: string,
  leafId: string | null,
  { includeReasoning }: { includeReasoning: boolean },
): Promise<SharedMessage[]> {
  const { messages, nextBefore } = await branchOf(db, chatId, leafId, { bytes: MOST_READ_BYTES });
  const shown = messages.flatMap(({ role, content }) => {
    if (role !== 'user' && role !== 'assistant') return [];
    const parts = content.flatMap((part) => copied(part, includeReasoning));
    return parts.some(({ text }) => text.trim() !== '') ? [{ role, content: parts }] : [];
  });
  if (nextBefore !== null || Buffer.byteLength(JSON.stringify(shown)) > MOST_SHARED_BYTES)
    throw new AppError('too_large', say('share_too_long', { mebibytes: MOST_SHARED_BYTES / 2 ** 20 }));
  return shown;
}

function copied(part: Part, includeReasoning: boolean): SharedMessage['content'] {
  if (part.type === 'text') return [{ type: 'text', text: part.text }];
  if (part.type === 'reasoning' && includeReasoning) return [{ type: 'reasoning', text: part.text }];
  return [];
}
