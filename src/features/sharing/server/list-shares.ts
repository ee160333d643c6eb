import { chatFor } from '#features/chats/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { Share } from '../sharing.ts';
import { sharesOf } from './access.ts';
import { assertSharing } from './create-share.ts';
import { presentShare } from './present-share.ts';

/** The links to a chat that hold, newest first. For who may manage it; 403 where sharing is switched off, and none of them holds. */
export async function listShares(db: Queryable, asker: Principal, chatId: string): Promise<Share[]> {
  const chat = await chatFor(db, asker, chatId, 'manage');
  await assertSharing(db);
  return (await sharesOf(db, chat.id)).map(presentShare);
}
