import type { Message, Role, Source } from '../messages.ts';
import type { messages } from './tables.ts';

export type MessageRow = typeof messages.$inferSelect;

/** What wrote a message of which nothing else is said. */
const BY_ROLE: Record<Role, Source> = { user: 'human', assistant: 'model', system: 'human', tool: 'tool' };

/** A message as the owner of its chat sees it. */
export function presentMessage(row: MessageRow): Message {
  return {
    id: row.id,
    chatId: row.chatId,
    parentId: row.parentId,
    role: row.role,
    content: row.content,
    generationId: row.generationId,
    ending: row.ending,
    metadata: row.metadata as Message['metadata'],
    source: row.source ?? BY_ROLE[row.role],
    editedFrom: row.editedFrom,
    excluded: row.excluded,
    createdAt: row.createdAt.toISOString(),
  };
}
