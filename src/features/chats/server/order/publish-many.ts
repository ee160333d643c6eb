import { camelRow } from '#platform/database/rows.ts';
import type { Services } from '#platform/services.ts';
import { audienceOf } from '../access.ts';
import type { ChatRow } from '../present-chat.ts';
import { CHATS_CHANGED, publishChat, publishDeletedChat, publishMovedChat } from '../publish-chat.ts';
import type { ChangedChat } from './change-many.ts';

/** More than a page of the list: then reading that again is cheaper than to be told of each. */
const MOST_TOLD = 50;

/** Tells of many chats that have changed: of each, or where they are too many, that lists are to be read again. */
export async function publishMany(services: Services, changed: readonly ChangedChat[]): Promise<void> {
  if (changed.length > MOST_TOLD) return publishTogether(services, changed);
  const { rows } = await services.db.$client.query('SELECT * FROM chats WHERE id = ANY($1)', [
    changed.map(({ id }) => id),
  ]);
  const known = new Map(rows.map((row) => [row.id as string, camelRow<ChatRow>(row)]));
  for (const { id, from } of changed) {
    const chat = known.get(id);
    if (!chat) continue;
    if (chat.deletedAt) publishDeletedChat(services, { ...chat, ...from });
    else if (chat.projectId === from.projectId && chat.visibility === from.visibility)
      publishChat(services, chat);
    else publishMovedChat(services, { ...chat, ...from }, chat);
  }
}

function publishTogether({ bus }: Pick<Services, 'bus'>, changed: readonly ChangedChat[]): void {
  const topics = changed.flatMap(({ userId, projectId, visibility, from }) => [
    ...audienceOf({ userId, projectId, visibility }),
    ...audienceOf({ userId, ...from }),
  ]);
  for (const topic of new Set(topics)) bus.publish(topic, { type: CHATS_CHANGED, data: {} });
}
