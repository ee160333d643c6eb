/** Sending at the right time: at once, when the reply that is being written has ended, or in its place. */
import { isDeepStrictEqual } from 'node:util';
import { cancelRepliesOfChat, repliesInWork } from '#features/generations/server/index.ts';
import { readMessage } from '#features/messages/server/index.ts';
import { type AfterCommit, inTransaction, type Tx } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { type NewMessage, toParts } from '../../chats.ts';
import type { ChatRow } from '../present-chat.ts';
import type { Origin } from '../queue-reply.ts';
import { say } from '../say.ts';
import { type OpenedChat, openChat, orAsTwin, type Target } from '../send-message.ts';
import { acceptAny, announceSent, checkMessage, type SentSeveral } from '../send-to-several.ts';
import { lookWhenEnded } from './hand-over.ts';
import { whyHeld } from './held-reasons.ts';
import { holdItems, readItem, waitingIn } from './items-of-chat.ts';
import { keepItem } from './keep-item.ts';
import { messageOf, type OutboxRow } from './outbox-row.ts';

/** What became of a message: it was sent, or it waits. */
export type InTurn = { chat: ChatRow } & (
  | { sent: SentSeveral; item: null }
  | { sent: null; item: OutboxRow }
);

/** How often what runs in a chat is stopped for one message, where others begin something there meanwhile. */
const STOPS = 3;

/**
 * Takes a message when its sender wants it sent (`when`). Idempotent by the message's id, also by that of an item: one that waits is
 * answered with the item, one that was sent with what was sent. Refused as `acceptAny` and `keepItem` say; what an interruption has
 * stopped stays stopped then.
 */
export async function sendInTurn(
  services: Services,
  asker: Principal,
  target: Target,
  input: NewMessage,
  origin: Origin,
): Promise<InTurn> {
  checkMessage(input);
  for (let stops = 0; ; stops++) {
    const taken = await orAsTwin(services, asker, input.id, () =>
      inTransaction(services.db, async (tx, afterCommit) => {
        const opened = await openChat(tx, services, asker, target, input.id);
        const mayStop = stops < STOPS;
        return take(tx, services, asker, opened, input, origin, { mayStop, afterCommit });
      }),
    );
    if (!('stopIn' in taken)) {
      if (taken.sent) announceSent(services, taken.sent, origin.connection);
      return taken;
    }
    await cancelRepliesOfChat(services, taken.stopIn);
  }
}

async function take(
  tx: Tx,
  services: Services,
  asker: Principal,
  opened: OpenedChat,
  input: NewMessage,
  origin: Origin,
  { mayStop, afterCommit }: { mayStop: boolean; afterCommit: AfterCommit },
): Promise<InTurn | { stopIn: string }> {
  const { chat } = opened;
  const { id, when = 'now' } = input;
  const send = async (message = input): Promise<InTurn> => {
    const sent = await acceptAny(tx, services, asker, opened, message, origin, afterCommit);
    return { chat: sent.chat, sent, item: null };
  };
  if (when === 'now' || (id && (await readMessage(tx, id)))) return send();
  const known = id ? await findKept(tx, asker, chat, id, input) : null;
  if (known && when === 'next') return { chat, sent: null, item: known };
  const running = (await repliesInWork(tx, chat.id)).length > 0;
  const waiting = await waitingIn(tx, chat.id);
  if (when === 'interrupt') {
    // One that waits asks for what it was written with.
    if (!running || !mayStop) return send(known ? { ...messageOf(known), ...input } : input);
    // Before anything is stopped: its end must not send what waits.
    const others = waiting.filter((item) => item.id !== id);
    await holdItems(tx, services, others, whyHeld('interrupt'), afterCommit);
    return { stopIn: chat.id };
  }
  if (!running && waiting.length === 0) return send();
  const item = await keepItem(tx, services, asker, chat, input, origin, afterCommit);
  await lookWhenEnded(tx, chat.id);
  return { chat, sent: null, item };
}

/** The item that was kept under this id; 409 when something else was. */
async function findKept(
  tx: Tx,
  asker: Principal,
  chat: ChatRow,
  id: string,
  { content }: NewMessage,
): Promise<OutboxRow | null> {
  const item = await readItem(tx, id);
  if (!item) return null;
  const same = item.userId === asker.userId && item.chatId === chat.id;
  if (!same || !isDeepStrictEqual(item.content, toParts(content)))
    throw new AppError('conflict', say('message_id_taken'), { field: 'id' });
  return item;
}
