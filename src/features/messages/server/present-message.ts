import type { Message } from '../messages.ts';
import type { messages } from './tables.ts';

export type MessageRow = typeof messages.$inferSelect;

/** Of a chat: which it is, and whose. */
export type MessageHome = { readonly id: string; readonly userId: string };

/** A message of `chat` as those see it who may read it. */
export function presentMessage(chat: MessageHome, row: MessageRow): Message {
  return {
    id: row.id,
    chatId: row.chatId,
    parentId: row.parentId,
    role: row.role,
    content: row.content,
    generationId: row.generationId,
    authorId: row.generationId === null ? (row.authorId ?? chat.userId) : null,
    ending: row.ending,
    metadata: row.metadata as Message['metadata'],
    createdAt: row.createdAt.toISOString(),
  };
}
