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

  const { chatId, main, sides } = await makeTree(services.db, userId);
  const chat = `${url}/api/v1/chats/${chatId}`;
  const headers = { cookie, 'content-type': 'application/json' };
  let turn = 0;
  const switches = await timeInTurns(
    {
      'open it': () => Promise.all([get(chat, { cookie }), get(`${chat}/messages?limit=50`, { cookie })]),
      'go to another branch and read it': async () => {
        turn++;
        const leafMessageId = turn % 2 ? sides[turn % sides.length] : main;
        const moved = await fetch(chat, {
          method: 'PATCH',
          headers,
          body: JSON.stringify({ leafMessageId }),
        });
        if (moved.status !== 200) throw new Error(`${moved.status}`);
        await get(`${chat}/messages?limit=50`, { cookie });
      },
      'read the overview': () => get(`${chat}/tree`, { cookie }),
    },
    100,
  );
  printTimings('A tree of 10,000 messages with 500 branches all along its main one', switches);
});

/** A main branch with side branches of ten messages each, evenly along it; the first of each side, and the main leaf. */
async function makeTree(db: Database, userId: string) {
  const [branches, length, total] = [500, 10, 10_000];
  const along = total - branches * length;
  const ids = Array.from({ length: total }, () => randomUUID());
  const parents = ids.map((_, index) => {
    if (index < along) return index === 0 ? null : ids[index - 1]!;
    const [side, place] = [Math.floor((index - along) / length), (index - along) % length];
    return place === 0 ? ids[Math.floor((side * along) / branches)]! : ids[index - 1]!;
  });
  const chatId = await insertChat(db, userId, ids, parents, ids[along - 1]!);
  const sides = Array.from({ length: branches }, (_, side) => ids[along + side * length]!);
  return { chatId, main: ids[along - 1]!, sides };
}

/** A chat of one long branch; each side branch hangs on its last message. */
async function makeChat(db: Database, userId: string, messages: number, branches: number): Promise<string> {
  const ids = Array.from({ length: messages + branches }, () => randomUUID());
  const parents = ids.map((_, index) => (index === 0 ? null : ids[Math.min(index - 1, messages - 1)]!));
  return insertChat(db, userId, ids, parents, ids[messages - 1]!);
}

async function insertChat(
  db: Database,
  userId: string,
  ids: readonly string[],
  parents: readonly (string | null)[],
  leafId: string,
): Promise<string> {
  const chatId = randomUUID();
  await db.$client.query('INSERT INTO chats (id, user_id, leaf_message_id) VALUES ($1, $2, $3)', [
    chatId,
    userId,
    leafId,
  ]);
  await db.$client.query(
    `INSERT INTO messages (id, chat_id, parent_id, role, content)
     SELECT id, $1, parent, 'user', jsonb_build_array(jsonb_build_object('type', 'text', 'text', repeat('words ', 80)))
       FROM unnest($2::uuid[], $3::uuid[]) AS m(id, parent)`,
    [chatId, ids, parents],
  );
  return chatId;
}
