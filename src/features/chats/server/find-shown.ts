import type { Message } from '#features/messages/messages.ts';
import { presentBranch } from '#features/messages/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import { findMessage } from './access.ts';

/** A message as the asker sees it, who may read its chat; null when there is none for them. */
export async function findShown(db: Queryable, asker: Principal, messageId: string): Promise<Message | null> {
  const row = await findMessage(db, asker, messageId, 'read');
  return row && (await presentBranch(db, asker, row.chatId, [row]))[0]!;
}
