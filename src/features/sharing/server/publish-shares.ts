import { userTopic } from '#platform/live-bus/live-bus.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';

/** Tells the other pages of whoever did it that the links to a chat are others by now; they read them again. Call it after the commit. */
export function publishShares({ bus }: Pick<Services, 'bus'>, { userId }: Principal, chatId: string): void {
  bus.publish(userTopic(userId), { type: 'shares_changed', data: { chatId } });
}
