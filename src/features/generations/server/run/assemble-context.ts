/** The one place that decides what a model gets to read. */

import type { Part, Role } from '#features/chats/chats.ts';
import { textOf } from '#features/chats/chats.ts';
import type { Database } from '#platform/database/database.ts';
import type { ProviderMessage, ProviderRequest } from '#providers/provider.ts';
import type { Claimed } from '../queue/claim.ts';

/** The part of a program's own input that it sends instead of a chat. */
export type OwnInput = Pick<ProviderRequest, 'messages' | 'tools' | 'toolChoice' | 'responseFormat'>;

/**
 * What the provider is asked for a claimed generation: the branch that ends in the message it answers, oldest
 * first, or the input a program brought along. Replies without text (stopped at once, or still being written
 * elsewhere) are left out; reasoning is never sent back.
 */
export async function assembleContext(db: Database, generation: Claimed): Promise<ProviderRequest> {
  const own = generation.input as OwnInput | null;
  const messages = own ? own.messages : await readBranch(db, generation.userMessageId);
  return { ...generation.parameters, ...own, model: generation.modelName, messages };
}

async function readBranch(db: Database, leafId: string | null): Promise<ProviderMessage[]> {
  const { rows } = await db.$client.query<{ role: Role; content: Part[] }>({
    name: 'read-branch',
    text: `WITH RECURSIVE branch AS (
             SELECT id, parent_id, role, content, 0 AS depth FROM messages WHERE id = $1
             UNION ALL
             SELECT m.id, m.parent_id, m.role, m.content, depth + 1
             FROM branch JOIN messages m ON m.id = branch.parent_id)
           SELECT role, content FROM branch ORDER BY depth DESC`,
    values: [leafId],
  });
  return rows.flatMap(({ role, content }): ProviderMessage[] => {
    const text = textOf(content);
    if (role === 'tool' || text === '') return [];
    return [{ role, text }];
  });
}
