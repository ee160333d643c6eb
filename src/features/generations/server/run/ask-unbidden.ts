/** Asking a model for what nobody asked for: after everybody else, and in nobody's place. */
import { lockLimits } from '#features/accounts/server/index.ts';
import { inOrder, type Tx } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Services } from '#platform/services.ts';
import { enqueue } from '../queue/enqueue.ts';
import { UNBIDDEN } from '../queue/fair-share.ts';
import { readLine } from '../queue/line-places.ts';
import { unbiddenOf } from '../queue/send-limits.ts';
import { checkTokens } from '../queue/token-limit.ts';
import type { Question } from './ask-model.ts';

/** Of one user at a time. They stand outside all other limits, and somebody may begin many chats at an endpoint that is paused. */
const MOST_WAITING = 50;

/**
 * Queues it in the caller's transaction, on the account of a user, and returns the generation's id. Null, and nothing is queued, where
 * the endpoint takes nothing new, or the user has no tokens left or too many of these waiting.
 */
export async function askUnbidden(
  tx: Tx,
  services: Pick<Services, 'config' | 'bus'>,
  userId: string,
  { model, input, parameters, client }: Omit<Question, 'class'>,
  titleOf: string,
): Promise<string | null> {
  const { limits } = await lockLimits(tx, services, userId);
  const [line, waiting] = await inOrder(readLine(tx, model.endpointId), unbiddenOf(tx, userId));
  if (line.draining || waiting >= MOST_WAITING) return null;
  try {
    await checkTokens(tx, userId, limits);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
  const generation = await enqueue(
    tx,
    {
      id: newId(),
      userId,
      model,
      parameters,
      input,
      inputCharacters: input.messages.reduce((sum, message) => sum + message.text.length, 0),
      class: UNBIDDEN,
      client,
      titleOf,
    },
    services.bus.processId,
  );
  return generation.id;
}
