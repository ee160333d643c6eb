import type { Chat, Message } from '../chats.ts';
import type { chats, messages } from './tables.ts';

export type ChatRow = typeof chats.$inferSelect;
export type MessageRow = typeof messages.$inferSelect;

/** A chat as its owner sees it. */
export function presentChat(row: ChatRow): Chat {
  return {
    id: row.id,
    title: row.title,
    projectId: row.projectId,
    tags: row.tags,
    description: row.description,
    metadata: row.metadata as Chat['metadata'],
    archived: row.archived,
    leafMessageId: row.leafMessageId,
    modelId: row.modelId,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    activeAt: row.activeAt.toISOString(),
  };
}

/** A message as the owner of its chat sees it. */
export function presentMessage(row: MessageRow): Message {
  return {
    id: row.id,
    chatId: row.chatId,
    parentId: row.parentId,
    role: row.role,
    content: row.content,
    generationId: row.generationId,
    metadata: row.metadata as Message['metadata'],
    createdAt: row.createdAt.toISOString(),
  };
}
