import { growStorage } from '#features/accounts/server/index.ts';
import { lockChat } from '#features/chats/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import { AppError, invalidInput } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import { hashOfToken, newToken } from '#platform/secret-token.ts';
import type { Services } from '#platform/services.ts';
import type { NewShare, Share } from '../sharing.ts';
import { isSharingOn, sharesOf } from './access.ts';
import { freezeBranch } from './freeze-branch.ts';
import { presentShare } from './present-share.ts';
import { publishShares } from './publish-shares.ts';
import { say } from './say.ts';

/** Links to one chat that hold at a time. */
export const MOST_SHARES = 50;

/**
 * Makes a link to a copy of what a chat shows now; the answer is the only place that ever has its token. For who may manage the chat.
 * 403 where sharing is switched off, and `storage_limit` when there is no room for the copy; 409 for a temporary chat and for one link too many, 413 for a branch that is too long.
 */
export async function createShare(
  services: Services,
  asker: Principal,
  chatId: string,
  { expiresAt, includeReasoning = false }: NewShare,
): Promise<Share & { token: string }> {
  if (expiresAt && Date.parse(expiresAt) <= Date.now())
    throw invalidInput('expiresAt', say('share_expired_already', { field: 'expiresAt' }));
  const token = newToken();
  const share = await inTransaction(services.db, async (tx) => {
    const chat = await lockChat(tx, asker, chatId, 'manage', { strength: 'no key update' });
    await assertSharing(tx);
    if (chat.temporary) throw new AppError('conflict', say('share_temporary'));
    if ((await sharesOf(tx, chatId)).length >= MOST_SHARES)
      throw new AppError('conflict', say('too_many_shares', { max: MOST_SHARES }));
    const { bytes, ...made } = await freezeBranch(tx, {
      id: newId(),
      chatId,
      userId: asker.userId,
      hash: hashOfToken(token),
      title: chat.title,
      withReasoning: includeReasoning,
      expiresAt: expiresAt ?? null,
      leafMessageId: chat.leafMessageId,
    });
    await growStorage(tx, asker, { bytes });
    return presentShare(made);
  });
  publishShares(services, asker, chatId);
  return { ...share, token };
}

/** Refuses where an admin has switched it off: 403. */
export async function assertSharing(db: Parameters<typeof isSharingOn>[0]): Promise<void> {
  if (!(await isSharingOn(db))) throw new AppError('forbidden', say('sharing_off'));
}
