import { userTopic } from '#platform/live-bus/live-bus.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { audienceOf } from './access.ts';
import type { ChatRow } from './present-chat.ts';

/** A message changed. Every connection reads it for whom it is: it may be long, and what somebody thinks of it is theirs. */
export type MessageSaved = {
  readonly type: 'message_saved';
  readonly messageId: string;
  readonly chatId: string;
};

type Of = { id: string; chatId: string };
const saved = ({ id, chatId }: Of): MessageSaved => ({ type: 'message_saved', messageId: id, chatId });

/** Tells everybody who may read the chat that a message of it is new, changed or back. Call it after the commit. */
export function publishMessage({ bus }: Pick<Services, 'bus'>, chat: ChatRow, message: Of): void {
  for (const topic of audienceOf(chat)) bus.publish(topic, saved(message));
}

/** Tells one person alone: of what is theirs about a message. */
export function publishMessageTo({ bus }: Pick<Services, 'bus'>, { userId }: Principal, message: Of): void {
  bus.publish(userTopic(userId), saved(message));
}

/** Tells everybody who could read a message that it is gone. */
export function publishDeletedMessage(
  { bus }: Pick<Services, 'bus'>,
  chat: ChatRow,
  messageId: string,
): void {
  const message = { type: 'message_deleted', data: { chatId: chat.id, messageId } };
  for (const topic of audienceOf(chat)) bus.publish(topic, message);
}
