import type { Services } from '#platform/services.ts';
import { audienceOf } from './access.ts';
import { type ChatRow, presentChat } from './present-chat.ts';

/** A chat may not be theirs any more who hear this on a topic they could read it by; each connection looks for itself. */
export type ChatWithdrawn = { readonly type: 'chat_withdrawn'; readonly chatId: string };

/** What is told where too many chats have changed to tell of each. */
export const CHATS_CHANGED = 'chats_changed';

type Teller = Pick<Services, 'bus'>;

/** Tells everybody who may read a chat that it is new or has changed. Call it after the commit. */
export function publishChat({ bus }: Teller, chat: ChatRow): void {
  const message = { type: 'chat_saved', data: { chat: presentChat(chat) } };
  for (const topic of audienceOf(chat)) bus.publish(topic, message);
}

/** Tells of a chat that others may read than before. */
export function publishMovedChat(services: Teller, before: ChatRow, chat: ChatRow): void {
  const withdrawn: ChatWithdrawn = { type: 'chat_withdrawn', chatId: chat.id };
  for (const topic of audienceOf(before)) services.bus.publish(topic, withdrawn);
  publishChat(services, chat);
}

/** Tells everybody who could read a chat that it is gone. */
export function publishDeletedChat({ bus }: Teller, chat: ChatRow): void {
  for (const topic of audienceOf(chat))
    bus.publish(topic, { type: 'chat_deleted', data: { chatId: chat.id } });
}
