/** Retrying: a sibling reply to the same message, written by a new generation. */
import { admit, agentOf, generationFor, openingOf } from '#features/generations/server/index.ts';
import { readMessage } from '#features/messages/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import { AppError, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { lockChat } from './access.ts';
import { announceReply } from './announce-reply.ts';
import { chooseModel } from './choose-model.ts';
import { publishChat } from './publish-chat.ts';
import { type Origin, type QueuedReply, queueReply } from './queue-reply.ts';
import { say } from './say.ts';
import { readSettingsLayers } from './settings/read-layers.ts';

/**
 * Queues another try of a generation that ended other than completed (else 409). The old reply stays
 * as a sibling; the chat moves to the new one. 404 when its chat, its message or the reply itself is gone.
 */
export async function retryGeneration(
  services: Services,
  asker: Principal,
  generationId: string,
  origin: Origin,
): Promise<QueuedReply> {
  const made = await inTransaction(services.db, async (tx, afterCommit) => {
    const old = await generationFor(tx, asker, generationId, 'write');
    if (!old.chatId || !old.userMessageId) throw notFound(say('no_message_to_answer'));
    const chat = await lockChat(tx, asker, old.chatId, 'write');
    const { state } = await generationFor(tx, asker, generationId, 'write');
    if (state === 'queued' || state === 'running' || state === 'completed')
      throw new AppError('conflict', say('only_unfinished_retried', { state }));
    const question = await readMessage(tx, old.userMessageId);
    const reply = old.messageId && (await readMessage(tx, old.messageId));
    if (!reply || !question) throw notFound(say('no_message_to_answer'));
    const { model } = await chooseModel(tx, [{ value: old.modelId, from: 'model' }]);
    await admit(tx, services, asker, model, afterCommit);
    const opening = await openingOf(tx, old.id);
    return queueReply(tx, services, {
      asker,
      chat,
      question,
      isNew: false,
      replyId: newId(),
      model,
      parameters: old.parameters,
      agent: agentOf(old),
      projectId: (await readSettingsLayers(tx, asker, chat, null)).projectId,
      ...(opening !== null && { opening }),
      retryOf: old.id,
      class: Math.max(0, old.class),
      client: origin.client,
    });
  });
  announceReply(services, made, origin.connection);
  publishChat(services, made.chat);
  return made;
}
