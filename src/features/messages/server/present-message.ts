import type { Message } from '../messages.ts';
import type { messages } from './tables.ts';

export type MessageRow = typeof messages.$inferSelect;

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
    createdAt: row.createdAt.toISOString(),
  };
}
