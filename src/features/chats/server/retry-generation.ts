/** Retrying: a sibling reply to the same message, written by a new generation. */
import { eq } from 'drizzle-orm';
import { announceGeneration } from '#features/generations/server/announce-generation.ts';
import { generationFor } from '#features/generations/server/generation-for.ts';
import type { GenerationRow } from '#features/generations/server/present-generation.ts';
import { enqueue } from '#features/generations/server/queue/enqueue.ts';
import { checkLimits } from '#features/generations/server/queue/send-limits.ts';
import { inOrder, rawTransaction, typed } from '#platform/database/database.ts';
import { AppError, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Services } from '#platform/services.ts';
import { textOf } from '../chats.ts';
import { addMessages, lockChat, type MessageRow, touchChat } from './index.ts';
import { chooseModel, type Origin } from './send-message.ts';
import { messages } from './tables.ts';

/**
 * Queues another try of the user's own generation that ended other than completed (else 409). The old reply stays
 * as a sibling; the chat moves to the new one. 404 when its chat or message is gone.
 */
export async function retryGeneration(
  services: Services,
  userId: string,
  generationId: string,
  origin: Origin,
): Promise<{ reply: MessageRow; generation: GenerationRow }> {
  const made = await rawTransaction(services.db, async (client) => {
    const db = typed(client);
    const old = await generationFor(db, userId, generationId);
    if (!old.chatId || !old.userMessageId) throw notFound('message to answer');
    const chat = await lockChat(db, userId, old.chatId);
    const { state } = await generationFor(db, userId, generationId);
    if (state === 'queued' || state === 'running' || state === 'completed')
      throw new AppError(
        'conflict',
        `Only a reply that did not complete can be retried; this one is ${state}.`,
      );

    const [question] = await db.select().from(messages).where(eq(messages.id, old.userMessageId));
    if (!question) throw notFound('message to answer');
    const model = await chooseModel(client, undefined, old.modelId);
    await checkLimits(client, services, userId, model);
    const ids = { reply: newId(), generation: newId() };
    const [[reply], generation] = await inOrder(
      addMessages(client, [
        {
          id: ids.reply,
          chatId: chat.id,
          parentId: question.id,
          role: 'assistant',
          generationId: ids.generation,
        },
      ]),
      enqueue(
        client,
        {
          id: ids.generation,
          userId,
          model,
          parameters: old.parameters,
          inputCharacters: textOf(question.content).length,
          chatId: chat.id,
          messageId: ids.reply,
          userMessageId: question.id,
          retryOf: old.id,
          class: Math.max(0, old.class),
          client: origin.client,
        },
        services.bus.processId,
      ),
      touchChat(client, chat.id, { leafMessageId: ids.reply }),
    );
    return { reply: reply!, generation };
  });
  announceGeneration(services, made.generation, origin.connection);
  return made;
}
