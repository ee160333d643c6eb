/** Workers that are killed while they fill the index. */
import { expect, onTestFinished, test } from 'vitest';
import { signUp } from '../harness/accounts.ts';
import { QUICK_CLOCK } from '../harness/clock.ts';
import { makeGround } from '../harness/make.ts';
import { startParleyProcess } from '../harness/process.ts';
import { eventually } from '../harness/streams.ts';
import { chat, finds, settled } from './people.ts';

test('whoever enters a batch is killed in the middle of it: nothing is lost, nothing is left half done', async () => {
  const ground = await makeGround(onTestFinished);
  const env = { DATABASE_URL: ground.database.url.url };
  const start = async (roles: string) => {
    const one = await startParleyProcess({
      dataDir: ground.dataDir,
      env: { ...env, ROLES: roles },
      clock: { ...QUICK_CLOCK, searchLookMs: 20 },
    });
    onTestFinished(() => one.kill());
    return one;
  };
  const web = await start('web');
  const person = await signUp(web.url);
  const { id } = await chat(person, { title: 'Plovers' });
  const { $client } = ground.database.db;
  const due = async () => Number((await $client.query('SELECT count(*) FROM search_due')).rows[0].count);
  let said = 0;
  for (let round = 0; round < 3; round++) {
    const workers = [await start('worker'), await start('worker')];
    await settled({ db: ground.database.db });
    await $client.query(
      `INSERT INTO messages (id, chat_id, role, content)
       SELECT gen_random_uuid(), $1, 'user', jsonb_build_array(jsonb_build_object('type', 'text', 'text',
         'plover ' || (SELECT string_agg(md5(n || ':' || w), ' ') FROM generate_series(1, 30) w)))
       FROM generate_series(1, 2000) n`,
      [id],
    );
    said += 2000;
    await eventually(due, (left) => left < 2000);
    await Promise.all(workers.map((worker) => worker.kill()));
    expect(await due()).toBeGreaterThan(0);
  }
  await start('worker');
  await settled({ db: ground.database.db });
  const { rows } = await $client.query(
    `SELECT count(*)::int AS said, count(s.message_id)::int AS entered FROM messages m LEFT JOIN message_search s ON s.message_id = m.id`,
  );
  expect(rows[0]).toEqual({ said, entered: said });
  expect((await finds(person, 'plover', '&limit=200')).length).toBe(200);
}, 120_000);
