import type { Services } from '#platform/services.ts';
import { type ChatRow, presentChat } from './present-chat.ts';

/** Tells the owner's other tabs and devices that a chat is new or has changed. Call it after the commit. */
export function publishChat({ bus }: Pick<Services, 'bus'>, chat: ChatRow): void {
  bus.publish(`user:${chat.userId}`, { type: 'chat_saved', data: { chat: presentChat(chat) } });
}

/** Tells the owner's other tabs and devices that a chat is gone. */
export function publishDeletedChat({ bus }: Pick<Services, 'bus'>, userId: string, chatId: string): void {
  bus.publish(`user:${userId}`, { type: 'chat_deleted', data: { chatId } });
}
