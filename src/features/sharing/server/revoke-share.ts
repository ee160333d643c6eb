import { growStorage, shareBytes } from '#features/accounts/server/index.ts';
import { chatFor } from '#features/chats/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { publishShares } from './publish-shares.ts';
import { say } from './say.ts';

/** Withdraws a link: whoever asks by it from now on is told that there is nothing. For who may manage the chat, whoever made it. */
export async function revokeShare(
  services: Services,
  asker: Principal,
  chatId: string,
  shareId: string,
): Promise<void> {
  await inTransaction(services.db, async (tx) => {
    await chatFor(tx, asker, chatId, 'manage');
    const { rows } = await tx.query<{ userId: string; bytes: number }>(
      `DELETE FROM shares s WHERE id = $1 AND chat_id = $2 RETURNING user_id AS "userId", ${shareBytes('s')} AS bytes`,
      [shareId, chatId],
    );
    if (!rows[0]) throw notFound(say('no_such_share'));
    const { userId, bytes } = rows[0];
    await growStorage(tx, userId === asker.userId ? asker : { userId, role: 'member' }, { bytes: -bytes });
  });
  publishShares(services, asker, chatId);
}
