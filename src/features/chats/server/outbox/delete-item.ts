import { growStorage } from '#features/accounts/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { removeItem } from '../access.ts';
import { lockedItem } from './own-item.ts';
import { publishDeletedItem } from './publish-item.ts';

/** Takes a message back that was not sent yet; 404 for one that was. */
export async function deleteItem(services: Services, asker: Principal, itemId: string): Promise<void> {
  await inTransaction(services.db, async (tx, afterCommit) => {
    const { item } = await lockedItem(tx, asker, itemId);
    await removeItem(tx, asker, item.chatId, itemId);
    await growStorage(tx, asker, { bytes: -item.bytes });
    afterCommit(() => publishDeletedItem(services, item));
  });
}
