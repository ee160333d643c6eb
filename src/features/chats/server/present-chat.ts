import type { Chat } from '../chats.ts';
import type { chats } from './tables.ts';

export type ChatRow = typeof chats.$inferSelect;

/** A chat as those see it who may read it. */
export function presentChat(row: ChatRow): Chat {
  return {
    id: row.id,
    authorId: row.userId,
    title: row.title,
    projectId: row.projectId,
    visibility: row.visibility,
    pinned: row.pinned,
    tags: row.tags,
    description: row.description,
    metadata: row.metadata as Chat['metadata'],
    archived: row.archived,
    temporary: row.temporary,
    leafMessageId: row.leafMessageId,
    modelId: row.modelId,
    agentId: row.agentId,
    settings: row.settings,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    activeAt: row.activeAt.toISOString(),
    ...(row.originalId !== null && { originalId: row.originalId }),
  };
}
