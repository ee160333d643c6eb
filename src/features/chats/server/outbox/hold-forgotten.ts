import { isAwaitedSql, repliesInWork } from '#features/generations/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import type { Services } from '#platform/services.ts';
import { lockAnyChat } from '../access.ts';
import { lookWhenEnded, NEXT_OF_CHAT } from './hand-over.ts';
import { whyHeld } from './held-reasons.ts';
import { holdItems, waitingIn } from './items-of-chat.ts';

const IS_AWAITED = isAwaitedSql(NEXT_OF_CHAT, 'chatId', 'o.chat_id::text');

/** Chats in which something waits that no end of a reply will bring on. */
const FORGOTTEN = `SELECT DISTINCT o.chat_id AS "chatId" FROM outbox o WHERE o.state = 'waiting' AND NOT ${IS_AWAITED}`;

/**
 * Sweeper of the outbox: holds what waits for a reply that was removed with the user who had asked for it, as what was to follow its end
 * went with it. Where another reply is in work there, its end is waited for instead. Returns in how many chats.
 */
export async function holdForgottenItems(services: Pick<Services, 'db' | 'bus'>): Promise<number> {
  const { rows } = await services.db.$client.query<{ chatId: string }>(FORGOTTEN);
  for (const { chatId } of rows) await bringOn(services, chatId);
  return rows.length;
}

const bringOn = ({ db, bus }: Pick<Services, 'db' | 'bus'>, chatId: string): Promise<void> =>
  inTransaction(db, async (tx, afterCommit) => {
    if (!(await lockAnyChat(tx, chatId))) return;
    // Under the lock: it may have been brought on meanwhile.
    const { rowCount } = await tx.query(`${FORGOTTEN} AND o.chat_id = $1`, [chatId]);
    if (rowCount === 0) return;
    const [inWork] = await repliesInWork(tx, chatId);
    if (inWork) return lookWhenEnded(tx, chatId, inWork.generationId);
    await holdItems(tx, { bus }, await waitingIn(tx, chatId), whyHeld('gone'), afterCommit);
  });
