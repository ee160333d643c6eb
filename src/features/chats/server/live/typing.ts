/** Who is typing in a shared chat, told to those who have it open. Nothing of it is kept. */
import { type BusMessage, chatTopic } from '#platform/live-bus/live-bus.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { chatFor } from '../access.ts';
import type { Connection } from './connection.ts';

/** Somebody who types is told of no more often than this; what is shown of it fades soon after. */
const LEAST_MS = 2_000;

/** For one connection of somebody. */
export function createTyping({ bus, db }: Pick<Services, 'bus' | 'db'>, asker: Principal) {
  let last = Number.NEGATIVE_INFINITY;
  return {
    /** Tells the others; nothing happens for a chat that is not shared. */
    async tell(chatId: string | null): Promise<void> {
      if (!chatId || performance.now() - last < LEAST_MS) return;
      last = performance.now();
      const chat = await chatFor(db.$client, asker, chatId, 'write');
      if (chat.visibility !== 'shared') return;
      const { rows } = await db.$client.query<{ name: string }>({
        name: 'name-of-user',
        text: 'SELECT name FROM users WHERE id = $1',
        values: [asker.userId],
      });
      const { name = '' } = rows[0] ?? {};
      const { userId } = asker;
      bus.publish(chatTopic(chatId), { type: 'typing', userId, data: { chatId, userId, name } });
    },
    /** Passes on what somebody else does, as long as it can be read here. */
    async pass(connection: Connection, { data }: BusMessage): Promise<void> {
      await chatFor(db.$client, asker, (data as { chatId: string }).chatId, 'read');
      connection.send('typing', data);
    },
  };
}
