import type { Chat } from '../chats.ts';
import type { chats } from './tables.ts';

export type ChatRow = typeof chats.$inferSelect;

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
