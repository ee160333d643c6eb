/** Opening a chat (its fields and the latest page of its messages) must cost the same however long it is. */
import { randomUUID } from 'node:crypto';
import type { Database } from '#platform/database/database.ts';
import { guest } from '../test/harness/accounts.ts';
import { get, printTimings, timeInTurns, withParley } from './bench.ts';

await withParley(async ({ url, services }) => {
  const { userId, cookie } = await guest(url);
  const open = async (messages: number, branches: number) => {
    const chatId = await makeChat(services.db, userId, messages, branches);
    return async () => {
      const chat = `${url}/api/v1/chats/${chatId}`;
      await Promise.all([get(chat, { cookie }), get(`${chat}/messages?limit=50`, { cookie })]);
    };
  };
  const timings = await timeInTurns({
    '100 messages': await open(100, 0),
    '10,000 messages': await open(10_000, 0),
    '10,000 messages, 500 branches': await open(10_000, 500),
  });
  printTimings('Opening a chat: its fields and its latest 50 messages', timings);
});

/** A chat of one long branch; each side branch hangs on its last message. */
async function makeChat(db: Database, userId: string, messages: number, branches: number): Promise<string> {
  const chatId = randomUUID();
  const ids = Array.from({ length: messages + branches }, () => randomUUID());
  const parents = ids.map((_, index) => (index === 0 ? null : ids[Math.min(index - 1, messages - 1)]!));
  await db.$client.query('INSERT INTO chats (id, user_id, leaf_message_id) VALUES ($1, $2, $3)', [
    chatId,
    userId,
    ids[messages - 1],
  ]);
  await db.$client.query(
    `INSERT INTO messages (id, chat_id, parent_id, role, content)
     SELECT id, $1, parent, 'user', jsonb_build_array(jsonb_build_object('type', 'text', 'text', repeat('words ', 80)))
       FROM unnest($2::uuid[], $3::uuid[]) AS m(id, parent)`,
    [chatId, ids, parents],
  );
  return chatId;
}
