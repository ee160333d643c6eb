import { repliesInWork } from '#features/generations/server/index.ts';
import { type AfterCommit, inTransaction, type Tx } from '#platform/database/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { findMessage, lockChat } from '../access.ts';
import type { Origin } from '../queue-reply.ts';
import { say } from '../say.ts';
import { acceptAny, announceSent, findAnySent } from '../send-to-several.ts';
import { lookWhenEnded } from './hand-over.ts';
import { itemsOfChat, readItem, releaseItems, waitingIn } from './items-of-chat.ts';
import { messageOf, type OutboxRow } from './outbox-row.ts';
import { lockItem } from './own-item.ts';
import type { InTurn } from './send-in-turn.ts';

/**
 * Sends an item of the asker's now, and lets their others in that chat go on after its reply; while one is being written there, it becomes
 * the first to be sent when that ends. One that was sent is answered with what was sent. 404 for one that was taken back; refused as
 * a send, it stays as it was.
 */
export async function sendItem(
  services: Services,
  asker: Principal,
  itemId: string,
  origin: Origin,
): Promise<InTurn> {
  const taken = await inTransaction(services.db, async (tx, afterCommit): Promise<InTurn> => {
    const found = await lockItem(tx, asker, itemId);
    if (!found) return findSentItem(tx, asker, itemId);
    const { chat, item } = found;
    if ((await repliesInWork(tx, chat.id)).length > 0) {
      await putFirst(tx, services, item, afterCommit);
      await lookWhenEnded(tx, chat.id);
      return { chat, sent: null, item: (await readItem(tx, itemId))! };
    }
    const opened = { chat, created: false, limit: 0 };
    const sent = await acceptAny(tx, services, asker, opened, messageOf(item), origin, afterCommit);
    const behind = (await itemsOfChat(tx, chat.id)).filter(({ userId }) => userId === item.userId);
    await releaseItems(tx, services, behind, afterCommit);
    if ((await waitingIn(tx, chat.id)).length > 0)
      await lookWhenEnded(tx, chat.id, sent.replies[0]!.generation.id);
    return { chat: sent.chat, sent, item: null };
  });
  if (taken.sent) announceSent(services, taken.sent, origin.connection);
  return taken;
}

/** What was made of an item that is not there any more; 404 when nothing was. */
async function findSentItem(tx: Tx, asker: Principal, itemId: string): Promise<InTurn> {
  const message = await findMessage(tx, asker, itemId, 'write');
  const chat = message && (await lockChat(tx, asker, message.chatId, 'write'));
  const sent = message?.role === 'user' && chat ? await findAnySent(tx, chat, message) : null;
  if (!sent) throw notFound(say('no_such_item'));
  return { chat: sent.chat, sent, item: null };
}

/** Puts an item before all that wait in its chat. Every other one of its person moves by a place. */
async function putFirst(
  tx: Tx,
  services: Services,
  { id, chatId, userId }: OutboxRow,
  afterCommit: AfterCommit,
): Promise<void> {
  await tx.query(
    `UPDATE outbox SET position = (SELECT min(position) FROM outbox WHERE chat_id = $2) - 1 WHERE id = $1`,
    [id, chatId],
  );
  const own = (await itemsOfChat(tx, chatId)).filter((item) => item.userId === userId);
  await releaseItems(tx, services, own, afterCommit);
}
