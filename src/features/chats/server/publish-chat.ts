import type { Services } from '#platform/services.ts';
import { audienceOf } from './access.ts';
import { type ChatRow, presentChat } from './present-chat.ts';

/** Tells everybody who may read a chat that it is new or has changed. Call it after the commit. */
export function publishChat({ bus }: Pick<Services, 'bus'>, chat: ChatRow): void {
  const message = { type: 'chat_saved', data: { chat: presentChat(chat) } };
  for (const topic of audienceOf(chat)) bus.publish(topic, message);
}

/** Tells everybody who could read a chat that it is gone. */
export function publishDeletedChat({ bus }: Pick<Services, 'bus'>, chat: ChatRow): void {
  for (const topic of audienceOf(chat))
    bus.publish(topic, { type: 'chat_deleted', data: { chatId: chat.id } });
}
