/** Words wait in a list, are found in it, and are merged into the index once there are many. */
import { expect, onTestFinished, test } from 'vitest';
import { indexBatch } from '#features/search/server/indexer/index-batch.ts';
import { startMergingWords } from '#features/search/server/indexer/merge-words.ts';
import { createLogger } from '#platform/log.ts';
import { createTestDatabase } from '../harness/database.ts';

const [PERSON, CHAT] = ['01970000-0000-7000-8000-000000000001', '01970000-0000-7000-8000-000000000002'];

test('words wait together, are found meanwhile, and are merged once there are many', async () => {
  const database = await createTestDatabase();
  onTestFinished(() => database.drop());
  const { db } = database;
  const query = async (text: string) => (await db.$client.query(text)).rows;
  const pagesThatWait = async () =>
    Number((await query(`SELECT gin_clean_pending_list('message_search_by_word') AS pages`))[0].pages);
  const say = async () => {
    await query(`INSERT INTO messages (id, chat_id, role, content)
      SELECT gen_random_uuid(), '${CHAT}', 'user', jsonb_build_array(jsonb_build_object('type', 'text', 'text',
        'dotterel ' || (SELECT string_agg(md5(n || ':' || w), ' ') FROM generate_series(1, 100) w))) FROM generate_series(1, 20) n`);
    let bytes = 0;
    for (let batch = await indexBatch({ db }); batch.found !== 'none'; batch = await indexBatch({ db }))
      bytes += batch.bytes;
    return bytes;
  };
  const findable = async () =>
    (
      await query(
        `SELECT FROM message_search WHERE scope_id = '${PERSON}' AND tsv @@ search_query('dotterel')`,
      )
    ).length;
  await query(`INSERT INTO users (id, name, email) VALUES ('${PERSON}', 'Ada', 'ada@example.org');
    INSERT INTO chats (id, user_id, title) VALUES ('${CHAT}', '${PERSON}', 'Waders')`);
  await pagesThatWait();

  const bytes = await say();
  expect(bytes).toBeGreaterThan(20 * 100 * 30);
  expect(await findable()).toBe(20);
  const words = startMergingWords({ reports: db, log: createLogger('silent') });
  words.entered(bytes);
  await words.stop();
  // A few of them are no reason to merge.
  expect(await pagesThatWait()).toBeGreaterThan(5);

  await say();
  words.entered(2_000_000);
  await words.stop();
  expect(await pagesThatWait()).toBe(0);
  expect(await findable()).toBe(40);
});
