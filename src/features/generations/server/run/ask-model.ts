/** Asking a model without a chat: a program brings its own input, and the queue and the ledger are the same. */

import type { ResolvedModel } from '#features/endpoints/server/index.ts';
import type { Parameters } from '#features/settings/settings.ts';
import { inTransaction } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { PriorityClass } from '../../generations.ts';
import type { OwnInput } from '../context/assemble-context.ts';
import { classNumber } from '../present-generation.ts';
import { enqueue } from '../queue/enqueue.ts';
import { wakeLine } from '../queue/wake-line.ts';
import { admit } from './admit.ts';
import { checkInputRoom } from './input-room.ts';

export type Question = {
  model: ResolvedModel;
  input: OwnInput;
  parameters: Parameters;
  class: PriorityClass;
  /** Which program asks, for the ledger. */
  client: string;
};

/** Queues it and returns the generation's id. 429 and 503 over a limit, as for a message, and 403 with more input than may be stored. */
export async function askModel(services: Services, asker: Principal, question: Question): Promise<string> {
  const { model, input, parameters, client } = question;
  const id = newId();
  await inTransaction(services.db, async (connection, afterCommit) => {
    await admit(connection, services, asker, model, afterCommit);
    await checkInputRoom(connection, asker.userId, Buffer.byteLength(JSON.stringify(input)));
    const generation = {
      id,
      userId: asker.userId,
      model,
      parameters,
      inputCharacters: input.messages.reduce((sum, message) => sum + message.text.length, 0),
      input,
      class: classNumber(question.class),
      client,
    };
    await enqueue(connection, generation, services.bus.processId);
  });
  wakeLine(services.bus, model.endpointId);
  return id;
}
