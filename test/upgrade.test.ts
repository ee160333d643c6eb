/** What an older version has stored, after this one's migrations. */
import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '#platform/database/migrate.ts';
import { createEmptyDatabase } from './harness/database.ts';
import { makeFolder } from './harness/make.ts';

const MIGRATIONS = fileURLToPath(new URL('../migrations/', import.meta.url));

/** A database as the version knew it whose last migration was `last`. */
async function databaseOf(last: string) {
  const database = await createEmptyDatabase();
  onTestFinished(() => database.drop());
  const folder = await makeFolder(onTestFinished);
  for (const name of await readdir(MIGRATIONS))
    if (name.slice(0, last.length) <= last) await copyFile(join(MIGRATIONS, name), join(folder, name));
  await migrate(database.db, folder);
  return database.db;
}

const ID = (last: string) => `01970000-0000-7000-8000-0000000000${last}`;

test('how a reply ended moves out of the metadata, which keeps what its person wrote', async () => {
  const db = await databaseOf('0008');
  const ended = {
    state: 'failed',
    model: 'e/m',
    inputTokens: 3,
    outputTokens: null,
    ttftMs: 5,
    durationMs: 7,
  };
  const error = { code: 'bad_stream', detail: 'It broke off.', retryable: true };
  const rows: [id: string, generation: string | null, metadata: object][] = [
    [ID('a1'), null, { state: 'Bavaria', note: 'mine' }],
    [ID('a2'), ID('e1'), { ...ended, error, tokensEstimated: true, rating: 5 }],
    [ID('a3'), ID('e2'), { ...ended, state: 'completed', finishReason: 'stop' }],
    [ID('a4'), ID('e3'), {}],
  ];
  await db.$client.query(`INSERT INTO users (id, name, email) VALUES ($1, 'Ada', 'ada@example.org')`, [
    ID('01'),
  ]);
  await db.$client.query('INSERT INTO chats (id, user_id, project_id) VALUES ($1, $2, $3)', [
    ID('c1'),
    ID('01'),
    ID('99'),
  ]);
  for (const [id, generation, metadata] of rows)
    await db.$client.query(
      `INSERT INTO messages (id, chat_id, role, generation_id, metadata) VALUES ($1, $2, $3, $4, $5)`,
      [id, ID('c1'), generation ? 'assistant' : 'user', generation, metadata],
    );
  await migrate(db);
  const { rows: stored } = await db.$client.query('SELECT ending, metadata FROM messages ORDER BY id');
  expect(stored).toEqual([
    { ending: null, metadata: { state: 'Bavaria', note: 'mine' } },
    { ending: { ...ended, error, finishReason: null, tokensEstimated: true }, metadata: { rating: 5 } },
    { ending: { ...ended, state: 'completed', error: null, finishReason: 'stop' }, metadata: {} },
    { ending: null, metadata: {} },
  ]);
  // A project that was named before there were any is nobody's.
  expect((await db.$client.query('SELECT project_id FROM chats')).rows).toEqual([{ project_id: null }]);
});

test('a key keeps what it could: everything of its owner’s, and of an admin’s the admin routes', async () => {
  const db = await databaseOf('0010');
  await db.$client.query(
    `INSERT INTO users (id, name, email, role) VALUES ($1, 'Ada', 'ada@example.org', 'admin'), ($2, 'Bob', 'bob@example.org', 'member')`,
    [ID('01'), ID('02')],
  );
  await db.$client.query(
    `INSERT INTO api_keys (id, user_id, name, hash, prefix) VALUES ($1, $1, 'K', 'a', 'pk_'), ($2, $2, 'K', 'b', 'pk_')`,
    [ID('01'), ID('02')],
  );
  await migrate(db);
  const { rows } = await db.$client.query('SELECT scopes FROM api_keys ORDER BY id');
  expect(rows).toEqual([{ scopes: ['chat', 'models', 'admin'] }, { scopes: ['chat', 'models'] }]);
});

test('what a model server said itself comes out of the errors of replies, and the rest of them stays', async () => {
  const db = await databaseOf('0016');
  const said = {
    code: 'endpoint_error',
    detail: 'The endpoint reported an error (500). It says: key sk-1',
    retryable: true,
  };
  const moved = {
    ...said,
    detail: 'The endpoint has moved (302) to http://inside. An admin can set the new address.',
  };
  const plain = { ...said, detail: 'The endpoint broke off before the reply was finished.' };
  await db.$client.query(`INSERT INTO users (id, name, email) VALUES ($1, 'Ada', 'ada@example.org')`, [
    ID('01'),
  ]);
  await db.$client.query('INSERT INTO chats (id, user_id) VALUES ($1, $2)', [ID('c1'), ID('01')]);
  for (const [at, error] of [said, moved, plain].entries()) {
    await db.$client.query(
      `INSERT INTO generations (id, user_id, state, model_name, model_id, error, finished_at) VALUES ($1, $2, 'failed', 'm', 'e/m', $3, now())`,
      [ID(`e${at}`), ID('01'), JSON.stringify(error)],
    );
    await db.$client.query(
      `INSERT INTO messages (id, chat_id, role, generation_id, ending) VALUES ($1, $2, 'assistant', $3, $4)`,
      [ID(`a${at}`), ID('c1'), ID(`e${at}`), JSON.stringify({ state: 'failed', error })],
    );
  }
  await migrate(db);
  const left = [
    'The endpoint reported an error (500).',
    'The endpoint has moved (302). An admin can set the new address.',
    plain.detail,
  ].map((detail) => ({ ...said, detail }));
  const { rows } = await db.$client.query(
    `SELECT g.error, m.ending -> 'error' AS of_message FROM generations g JOIN messages m ON m.generation_id = g.id ORDER BY g.id`,
  );
  expect(rows).toEqual(left.map((error) => ({ error, of_message: error })));
});

test('what was stored before it was counted is counted, and guests who wait are parties of their own', async () => {
  const db = await databaseOf('0010');
  for (const [id, isGuest] of [
    [ID('01'), false],
    [ID('02'), true],
  ])
    await db.$client.query('INSERT INTO users (id, name, email, is_anonymous) VALUES ($1, $2, $2, $3)', [
      id,
      `user ${id}`,
      isGuest,
    ]);
  await db.$client.query(
    `INSERT INTO sessions (id, user_id, token, expires_at, ip_address)
     SELECT gen_random_uuid(), id, id::text, now(), '192.0.2.7' FROM users`,
  );
  await db.$client.query(
    `INSERT INTO chats (id, user_id, title, description, tags, metadata) VALUES
       ($1, $3, 'four', 'été', '{ab,c}', '{"a": 1}'), ($2, $3, '', '', '{}', '{}')`,
    [ID('c1'), ID('c2'), ID('01')],
  );
  await db.$client.query(
    `INSERT INTO messages (id, chat_id, role, content) VALUES ($1, $2, 'user', '[{"type": "text", "text": "Hi"}]')`,
    [ID('a1'), ID('c1')],
  );
  await db.$client.query(
    `INSERT INTO generations (id, user_id, model_name, model_id) SELECT gen_random_uuid(), id, 'm', 'e/m' FROM users`,
  );
  await migrate(db);
  const query = async (text: string) => (await db.$client.query(text)).rows;
  expect(await query('SELECT owner_id, bytes, chats FROM storage')).toEqual([
    { owner_id: ID('01'), bytes: 3 * 256 + 4 + 5 + 3 + 8 + 2 + 32, chats: 2 },
  ]);
  expect(await query('SELECT guest_address FROM generations ORDER BY user_id')).toEqual([
    { guest_address: null },
    { guest_address: ID('02') },
  ]);
  expect(await query('SELECT ip_address FROM sessions ORDER BY user_id')).toEqual([
    { ip_address: '192.0.2.7' },
    { ip_address: null },
  ]);
});
