import type { Message, Role, Source } from '../messages.ts';
import type { messages } from './tables.ts';

export type MessageRow = typeof messages.$inferSelect;

/** Of a chat: which it is, and whose. */
export type MessageHome = { readonly id: string; readonly userId: string };

/** What wrote a message of which nothing else is said. */
const BY_ROLE: Record<Role, Source> = { user: 'human', assistant: 'model', system: 'human', tool: 'tool' };

/** Generated here, or said to be a model's where it came from. */
const isOfAModel = ({ generationId, role, source }: MessageRow): boolean =>
  generationId !== null || (role === 'assistant' && (source === 'model' || source === 'import'));

/** A message of `chat` as those see it who may read it. */
export function presentMessage(chat: MessageHome, row: MessageRow): Message {
  return {
    id: row.id,
    chatId: row.chatId,
    parentId: row.parentId,
    role: row.role,
    content: row.content,
    generationId: row.generationId,
    agentId: row.agentId,
    authorId: isOfAModel(row) ? null : (row.authorId ?? chat.userId),
    ending: row.ending,
    metadata: row.metadata as Message['metadata'],
    source: row.source ?? BY_ROLE[row.role],
    editedFrom: row.editedFrom,
    excluded: row.excluded,
    createdAt: row.createdAt.toISOString(),
    ...(row.originalId !== null && { originalId: row.originalId }),
  };
}
