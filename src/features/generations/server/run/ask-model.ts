/** Asking a model without a chat: a program brings its own input, and the queue and the ledger are the same. */
import type { Parameters } from '#features/chats/chats.ts';
import type { ResolvedModel } from '#features/endpoints/server/index.ts';
import { rawTransaction } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { Services } from '#platform/services.ts';
import type { PriorityClass } from '../../generations.ts';
import { announceGeneration } from '../announce-generation.ts';
import { classNumber } from '../present-generation.ts';
import { enqueue } from '../queue/enqueue.ts';
import { checkLimits } from '../queue/send-limits.ts';
import type { OwnInput } from './assemble-context.ts';

export type Question = {
  model: ResolvedModel;
  input: OwnInput;
  parameters: Parameters;
  class: PriorityClass;
  /** Which program asks, for the ledger. */
  client: string;
};

/** Queues it and returns the generation's id. 429 and 503 over a limit, as for a message. */
export async function askModel(services: Services, userId: string, question: Question): Promise<string> {
  const { model, input, parameters, client } = question;
  const id = newId();
  await rawTransaction(services.db, async (connection) => {
    await checkLimits(connection, services, userId, model);
    const generation = {
      id,
      userId,
      model,
      parameters,
      inputCharacters: input.messages.reduce((sum, message) => sum + message.text.length, 0),
      input,
      class: classNumber(question.class),
      client,
    };
    await enqueue(connection, generation, services.bus.processId);
  });
  announceGeneration(services, { id, userId, chatId: null, endpointId: model.endpointId });
  return id;
}
