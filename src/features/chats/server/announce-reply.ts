import { type GenerationRow, wakeLine } from '#features/generations/server/index.ts';
import type { Services } from '#platform/services.ts';
import { audienceOf } from './access.ts';
import type { ChatRow } from './present-chat.ts';

/** What open connections are told when a reply is queued in a chat; they read the rows themselves. */
export type GenerationCreated = {
  readonly type: 'generation_created';
  readonly generationId: string;
  readonly chatId: string;
  /** The connection the message came over, which has been answered already. */
  readonly from: string | null;
};

/** Tells who may read the chat, and the workers of this process without a hop. Call it after the commit. */
export function announceReply(
  { bus }: Pick<Services, 'bus'>,
  { chat, generation }: { chat: ChatRow; generation: GenerationRow },
  from: string | null = null,
): void {
  const message: GenerationCreated = {
    type: 'generation_created',
    generationId: generation.id,
    chatId: chat.id,
    from,
  };
  wakeLine(bus, generation.endpointId);
  for (const topic of audienceOf(chat)) bus.publish(topic, message);
}
