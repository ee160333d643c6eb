import { bytesOfMessage, growStorage } from '#features/accounts/server/index.ts';
import type { MessagePatch } from '#features/messages/messages.ts';
import type { NewRating, Rating } from '#features/messages/opinions.ts';
import { changeMessage, saveRating } from '#features/messages/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { findMessage } from '../access.ts';
import { payerOf } from '../authors.ts';
import { lockMessage } from '../lock-message.ts';
import { publishMessage, publishMessageTo } from '../publish-message.ts';
import { say } from '../say.ts';

/** Leaves a message out of what models are told or takes it in again, and notes what its person has to note of it. */
export async function patchMessage(
  services: Services,
  asker: Principal,
  messageId: string,
  change: MessagePatch,
): Promise<void> {
  const { chat, message } = await inTransaction(services.db, async (tx) => {
    const known = await lockMessage(tx, asker, messageId);
    await changeMessage(tx, messageId, change);
    if (change.metadata) {
      const bytes = bytesOfMessage([], change.metadata) - bytesOfMessage([], known.message.metadata);
      await growStorage(tx, payerOf(asker, known.message.authorId ?? known.chat.userId), { bytes });
    }
    return known;
  });
  publishMessage(services, chat, message);
}

/** Keeps what the asker thinks of a reply. */
export async function rateReply(
  services: Services,
  asker: Principal,
  replyId: string,
  rating: NewRating,
): Promise<Rating> {
  const { $client } = services.db;
  const reply = await findMessage($client, asker, replyId, 'read');
  if (!reply) throw notFound(say('no_such_message'));
  if (reply.role !== 'assistant') throw invalidInput('replyId', say('only_replies_rated'));
  const saved = await saveRating($client, asker.userId, replyId, rating);
  publishMessageTo(services, asker, reply);
  return saved;
}
