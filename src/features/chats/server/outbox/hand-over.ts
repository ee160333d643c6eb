/** What follows the end of a reply in a chat with an outbox: the next item is sent, or all that wait are held. */
import { z } from 'zod';
import { findEarlier } from '#features/accounts/server/index.ts';
import {
  type Follower,
  type FollowUp,
  follower,
  type GenerationRow,
  lastReplyOf,
  logQueued,
  repliesInWork,
  whenEndedOnce,
} from '#features/generations/server/index.ts';
import { Id } from '#fields';
import type { AfterCommit, Tx } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import type { Services } from '#platform/services.ts';
import { lockAnyChat, lockChat } from '../access.ts';
import { say } from '../say.ts';
import { acceptAny, announceSent, type SentSeveral } from '../send-to-several.ts';
import { becauseOf, whyHeld } from './held-reasons.ts';
import { holdItems, type ItemPlace, readItem, waitingIn } from './items-of-chat.ts';
import { messageOf } from './outbox-row.ts';

export const NEXT_OF_CHAT: FollowUp<{ chatId: string }> = {
  kind: 'outbox',
  input: z.object({ chatId: Id }),
};

/**
 * Has the outbox of a chat looked at when a reply has ended: the one named, else one that is in work there, else the last one, which
 * has ended already. Under the lock on the chat, as every change of what waits.
 */
export async function lookWhenEnded(tx: Tx, chatId: string, generationId?: string): Promise<void> {
  const id =
    generationId ?? (await repliesInWork(tx, chatId))[0]?.generationId ?? (await lastReplyOf(tx, chatId));
  if (id) await whenEndedOnce(tx, NEXT_OF_CHAT, id, { chatId });
}

/**
 * Sends what waits, one message after each reply, in the one transaction that consumes the follow-up: each is sent exactly once,
 * whoever is killed when. After a reply that did not complete nothing is sent by itself.
 */
export const followOutbox = (services: Services): Follower =>
  follower(NEXT_OF_CHAT, (tx, ended, { chatId }, afterCommit) =>
    handOver(tx, services, ended, chatId, afterCommit),
  );

async function handOver(
  tx: Tx,
  services: Services,
  ended: GenerationRow,
  chatId: string,
  afterCommit: AfterCommit,
): Promise<void> {
  const chat = await lockAnyChat(tx, chatId);
  let waiting = chat ? await waitingIn(tx, chatId) : [];
  if (!chat || waiting.length === 0) return;
  const [other] = await repliesInWork(tx, chatId);
  if (other) return lookWhenEnded(tx, chatId, other.generationId);
  if (ended.state !== 'completed' || chat.deletedAt)
    return holdItems(tx, services, waiting, whyHeld(chat.deletedAt ? 'deleted' : ended.state), afterCommit);
  while (waiting[0]) {
    const [first, ...rest] = waiting as [ItemPlace, ...ItemPlace[]];
    const sent = await sendNext(tx, services, first, afterCommit);
    if (!(sent instanceof AppError)) {
      if (rest.length > 0) await lookWhenEnded(tx, chatId, sent.replies[0]!.generation.id);
      return;
    }
    await holdItems(tx, services, [first], becauseOf(sent), afterCommit);
    // What somebody says goes out in their order. What others have waiting is not held up by it.
    const behind = rest.filter(({ userId }) => userId === first.userId);
    await holdItems(tx, services, behind, whyHeld('before'), afterCommit);
    waiting = rest.filter(({ userId }) => userId !== first.userId);
  }
}

/** Sends an item just as its person would; a refusal undoes what was begun, is returned and lets go of its locks. */
async function sendNext(
  tx: Tx,
  services: Services,
  { id, userId, chatId }: ItemPlace,
  afterCommit: AfterCommit,
): Promise<SentSeveral | AppError> {
  const after: (() => void)[] = [];
  await tx.query('SAVEPOINT sending');
  try {
    const asker = await findEarlier(tx, services, userId);
    if (!asker) throw new AppError('forbidden', say('sender_not_here'));
    const chat = await lockChat(tx, asker, chatId, 'write');
    const item = (await readItem(tx, id))!;
    const opened = { chat, created: false, limit: 0 };
    const { client } = item.input;
    const tell = (then: () => void) => void after.push(then);
    const sent = await acceptAny(tx, services, asker, opened, messageOf(item), { client }, tell);
    for (const then of after) afterCommit(then);
    afterCommit(() => {
      for (const { generation } of sent.replies) logQueued(services.log, generation);
      announceSent(services, sent);
    });
    return sent;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await tx.query('ROLLBACK TO SAVEPOINT sending');
    return error;
  }
}
