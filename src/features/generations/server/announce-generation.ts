import { QUEUE_TOPIC, userTopic } from '#platform/live-bus/live-bus.ts';
import type { Services } from '#platform/services.ts';
import type { GenerationRow } from './present-generation.ts';

/** What a user's open connections are told when a reply is queued; they read the rows themselves. */
export type GenerationCreated = {
  readonly type: 'generation_created';
  readonly generationId: string;
  readonly chatId: string | null;
  /** The connection the message came over, which has been answered already. */
  readonly from: string | null;
};

/** Tells the user's open connections, and the workers of this process without a hop. Call it after the commit. */
export function announceGeneration(
  { bus }: Pick<Services, 'bus'>,
  generation: Pick<GenerationRow, 'id' | 'userId' | 'chatId' | 'endpointId'>,
  from: string | null = null,
): void {
  const message: GenerationCreated = {
    type: 'generation_created',
    generationId: generation.id,
    chatId: generation.chatId,
    from,
  };
  bus.publishHere(QUEUE_TOPIC, { type: 'enqueued', endpointId: generation.endpointId });
  bus.publish(userTopic(generation.userId), message);
}
