import { isDeepStrictEqual } from 'node:util';
import type { Part } from '#features/messages/messages.ts';
import type { AfterCommit, Tx } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { removeItem } from '../access.ts';
import { say } from '../say.ts';
import { publishDeletedItem } from './publish-item.ts';

/**
 * Takes a message that is being sent out of the outbox, if it waited there, whichever way it is sent now: so it is sent once. Returns
 * the bytes it took. 409 when something else waits under its id.
 */
export async function takeItem(
  tx: Tx,
  services: Pick<Services, 'bus'>,
  asker: Principal,
  chatId: string,
  { id, content }: { id: string | undefined; content: Part[] },
  afterCommit: AfterCommit,
): Promise<number> {
  const item = id && (await removeItem(tx, asker, chatId, id));
  if (!item) return 0;
  if (!isDeepStrictEqual(item.content, content))
    throw new AppError('conflict', say('message_id_taken'), { field: 'id' });
  afterCommit(() => publishDeletedItem(services, item));
  return item.bytes;
}
