/** `kill -9` in the middle of an import: each chat is there as a whole or not at all, and a second import brings in the rest. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { signUp } from '#test/harness/accounts.ts';
import { makeGround } from '#test/harness/make.ts';
import { startParleyProcess } from '#test/harness/process.ts';
import { eventually } from '#test/harness/streams.ts';
import { bringIn } from './people.ts';

const CHATS = 400;
const MESSAGES = 30;

const chats = Array.from({ length: CHATS }, (_, at) => {
  const ids = Array.from({ length: MESSAGES }, () => randomUUID());
  return {
    schema: 'parley.chat/1',
    id: randomUUID(),
    title: `Chat ${at}`,
    messages: ids.map((id, place) => ({
      id,
      parentId: ids[place - 1] ?? null,
      role: place % 2 === 0 ? 'user' : 'assistant',
      content: [{ type: 'text', text: `Turn ${place} of ${at}` }],
    })),
  };
});

test('a killed import leaves whole chats alone, and the next one completes it', async ({
  onTestFinished,
}) => {
  const ground = await makeGround(onTestFinished);
  const env = { DATABASE_URL: ground.database.url.url, RATE_LIMITS: 'off' };
  const db = ground.database.db.$client;
  const start = () => startParleyProcess({ dataDir: ground.dataDir, env });
  const first = await start();
  onTestFinished(() => first.kill());
  const ada = await signUp(first.url);
  const going = bringIn(ada, chats).catch(() => null);
  const count = async () => Number((await db.query('SELECT count(*) FROM chats')).rows[0].count);
  await eventually(count, (there) => there > CHATS / 10);
  await first.kill();
  expect(await going).toBeNull();

  const there = await count();
  expect(there).toBeLessThan(CHATS);
  const { rows } = await db.query(
    'SELECT c.id, count(m.id)::int AS messages FROM chats c LEFT JOIN messages m ON m.chat_id = c.id GROUP BY 1',
  );
  expect(new Set(rows.map(({ messages }) => messages))).toEqual(new Set([MESSAGES]));

  const second = await start();
  onTestFinished(() => second.kill());
  const again = {
    ...ada,
    fetch: (path: string, init?: RequestInit) =>
      fetch(second.url + path, { ...init, headers: { ...init?.headers, cookie: ada.cookie } }),
  };
  const { body } = await bringIn(again, chats);
  expect(body).toMatchObject({ added: CHATS - there, skipped: there, failed: 0, copied: 0 });
  expect(await count()).toBe(CHATS);
});
