import type { Message } from '#features/messages/messages.ts';
import { presentBranch } from '#features/messages/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import { chatFor, findMessage } from './access.ts';

/** A message as the asker sees it, who may read its chat; null when there is none for them. */
export async function findShown(db: Queryable, asker: Principal, messageId: string): Promise<Message | null> {
  const row = await findMessage(db, asker, messageId, 'read');
  if (!row) return null;
  const chat = await chatFor(db, asker, row.chatId, 'read');
  return (await presentBranch(db, asker, chat, [row]))[0]!;
}
