import { type GenerationRow, wakeLine } from '#features/generations/server/index.ts';
import { chatTopic, userTopic } from '#platform/live-bus/live-bus.ts';
import type { Services } from '#platform/services.ts';
import type { ChatRow } from './present-chat.ts';

/** What open connections are told when a reply is queued in a chat; they read the rows themselves. */
export type GenerationCreated = {
  readonly type: 'generation_created';
  readonly generationId: string;
  readonly chatId: string;
  /** Who asked for it. */
  readonly userId: string;
  /** The connection the message came over, which has been answered already. */
  readonly from: string | null;
};

/**
 * Tells who asked, wherever they are, those who have the shared chat open, and the workers of this process without a hop. Call
 * it after the commit.
 */
export function announceReply(
  { bus }: Pick<Services, 'bus'>,
  { chat, generation }: { chat: ChatRow; generation: GenerationRow },
  from: string | null = null,
): void {
  const { id, endpointId, userId } = generation;
  const message: GenerationCreated = {
    type: 'generation_created',
    generationId: id,
    chatId: chat.id,
    userId,
    from,
  };
  wakeLine(bus, endpointId);
  bus.publish(userTopic(userId), message);
  if (chat.visibility === 'shared') bus.publish(chatTopic(chat.id), message);
}
