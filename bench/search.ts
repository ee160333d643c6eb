/** How fast somebody finds what was said among a million messages of two hundred people, and how soon what is said is found. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexBatch } from '#features/search/server/indexer/index-batch.ts';
import { startSearchIndex } from '#features/search/server/indexer/start-search-index.ts';
import { search } from '#features/search/server/run-search.ts';
import { takeTurns } from '#features/search/server/take-turns.ts';
import { REAL_CLOCK } from '#platform/clock.ts';
import { type Database, openDatabase } from '#platform/database/database.ts';
import { migrate } from '#platform/database/migrate.ts';
import { openEmbeddedPostgres } from '#platform/embedded-postgres/embedded-postgres.ts';
import { newId } from '#platform/ids.ts';
import { createLogger } from '#platform/log.ts';
import type { Principal } from '#platform/principal.ts';
import { type Figure, percentile, printTable } from './harness/figures.ts';
import { type RunOptions, scaled, sleep } from './harness/run.ts';

const MESSAGES = 1_000_000;
const USERS = 200;
const PER_CHAT = 20;
/** Different words of each language; how often one is used falls with its rank (Zipf). */
const WORDS = 20_000;
/** Ranks of words that about half of all messages have, one in a hundred, one in thousands. */
const RANKS = { common: [5, 9, 14], medium: [700, 900, 1300], rare: [15_000, 17_000, 19_000] };
/** Entered by the worker's own code, to see how fast that is; the rest by one statement. */
const ENTERED = 20_000;
const SENDS = 200;

export async function searches(options: RunOptions): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  const log = createLogger('warn');
  const postgres = await openEmbeddedPostgres(dataDir, log);
  const db = openDatabase(postgres.address, log);
  try {
    await migrate(db);
    const count = scaled(MESSAGES, options, 20_000);
    await write(db, count);
    const build = await enter(db, scaled(ENTERED, options, 2000));
    printTable(
      `Search, ${count.toLocaleString('en')} messages of ${USERS} users, 70 % English, 30 % Russian`,
      [
        ...(await measure(db, options)),
        { what: 'entered into the index a second, by the worker', unit: '', value: build.perSecond },
        {
          what: 'the index and its table, a million messages',
          unit: 'MB',
          value: (build.megabytes * 1e6) / count,
        },
      ],
    );
    printTable('What is said while the index is kept up', await follow(db, scaled(SENDS, options, 50)));
  } finally {
    await db.$client.end();
    await postgres.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** SQL: the word of a rank, in syllables of either language. */
const wordSql = (rank: string, ru: boolean): string =>
  `(SELECT string_agg(substr('${ru ? 'бвгдзклмнпрст' : 'bcdfglmnprstv'}', 1 + (${rank} / (13 ^ p)::int) % 13, 1)
      || substr('${ru ? 'аеиоу' : 'aeiou'}', 1 + (${rank} * 7 + p) % 5, 1), '') FROM generate_series(0, 3) p)`;

/** Halves of texts are made first, and messages of two of them: to draw eighty million words would take minutes. */
async function write(db: Database, count: number): Promise<void> {
  const pool = db.$client;
  const run = (text: string, values: unknown[] = []) => pool.query(text, values);
  await run('SELECT setseed(0.42)');
  await run(
    'ALTER TABLE messages DISABLE TRIGGER messages_due_new; ALTER TABLE chats DISABLE TRIGGER chats_due_new',
  );
  await run(`CREATE TABLE words AS SELECT ru, rank, ${wordSql('rank', false)} AS en, ${wordSql('rank', true)} AS word_ru
             FROM generate_series(1, ${WORDS}) rank, (VALUES (false)) v (ru); CREATE UNIQUE INDEX ON words (rank)`);
  await run(`CREATE TABLE halves AS SELECT n, n % 10 < 3 AS ru, (
               SELECT string_agg(CASE WHEN n % 10 < 3 THEN word_ru ELSE en END, ' ')
               FROM (SELECT floor(${WORDS} ^ random())::int AS rank FROM generate_series(1, 40 + n % 3)) drawn JOIN words USING (rank)
             ) AS text FROM generate_series(0, 19999) n; CREATE UNIQUE INDEX ON halves (n)`);
  await run(
    `INSERT INTO users (id, name, email) SELECT gen_random_uuid(), 'User ' || n, n || '@example.org' FROM generate_series(1, ${USERS}) n`,
  );
  await run(
    `CREATE TABLE people AS SELECT id, row_number() OVER (ORDER BY split_part(email, '@', 1)::int) AS n FROM users`,
  );
  await run(
    `INSERT INTO chats (id, user_id, title, created_at, active_at, tags)
     SELECT gen_random_uuid(), p.id, initcap((SELECT en FROM words WHERE rank = 1 + (c.n * 7919) % ${WORDS})) || ' ' || c.n, at, at,
       CASE WHEN c.n % 50 = 0 THEN '{seldom}'::text[] WHEN c.n % 3 = 0 THEN '{often}' ELSE '{}' END
     FROM (SELECT n, floor(${USERS} ^ random())::int AS who, now() - n * interval '7 minutes' AS at
           FROM generate_series(1, $1::int) n) c JOIN people p ON p.n = c.who`,
    [Math.ceil(count / PER_CHAT)],
  );
  await run(`CREATE TABLE said AS
    SELECT gen_random_uuid() AS id, c.id AS chat_id, c.user_id, m, c.created_at + m * interval '10 seconds' AS at, (c.n * 31 + m * 977) % 20000 AS a,
      ((c.n * 31 + m * 977) % 20000 + 10 * ((c.n * 17 + m * 13) % 1999)) % 20000 AS b
    FROM (SELECT id, user_id, created_at, row_number() OVER () AS n FROM chats) c, generate_series(1, ${PER_CHAT}) m`);
  await run(`INSERT INTO messages (id, chat_id, role, content, created_at)
    SELECT s.id, s.chat_id, CASE WHEN m % 2 = 0 THEN 'user' ELSE 'assistant' END,
      jsonb_build_array(jsonb_build_object('type', 'text', 'text', a.text || ' ' || b.text)), s.at
    FROM said s JOIN halves a ON a.n = s.a JOIN halves b ON b.n = s.b`);
  await run(
    'ALTER TABLE messages ENABLE TRIGGER messages_due_new; ALTER TABLE chats ENABLE TRIGGER chats_due_new',
  );
  await run('VACUUM ANALYZE');
}

/** Fills the index: some by the worker's own code, one batch after the other, the rest at once. */
async function enter(db: Database, byWorker: number) {
  const pool = db.$client;
  await pool.query('DROP INDEX message_search_by_word, message_search_by_scope, message_search_by_chat');
  await pool.query(`INSERT INTO chat_search (chat_id, scope_id, tsv, letters)
    SELECT id, user_id, setweight(search_vector(title), 'A'), search_letters(title) FROM chats`);
  // As `search_vector` of both halves together would be.
  await pool.query('ALTER TABLE halves ADD COLUMN tsv tsvector; UPDATE halves SET tsv = search_vector(text)');
  await pool.query(
    `INSERT INTO message_search SELECT s.id, s.chat_id, s.user_id, s.at, a.tsv || b.tsv, false, false
     FROM said s JOIN halves a ON a.n = s.a JOIN halves b ON b.n = s.b OFFSET $1`,
    [byWorker],
  );
  await pool.query(`CREATE INDEX message_search_by_word ON message_search USING gin (scope_id, tsv) WITH (gin_pending_list_limit = 16384);
    CREATE INDEX message_search_by_scope ON message_search (scope_id, created_at DESC, message_id DESC);
    CREATE INDEX message_search_by_chat ON message_search (chat_id, created_at DESC)`);
  await pool.query('VACUUM ANALYZE');
  await pool.query(`INSERT INTO search_due (bulk, chat_id, message_id) SELECT true, m.chat_id, m.id FROM messages m
    WHERE NOT EXISTS (SELECT FROM message_search s WHERE s.message_id = m.id)`);
  const startedAt = performance.now();
  while ((await indexBatch({ db })).found === 'bulk');
  const perSecond = (byWorker / (performance.now() - startedAt)) * 1000;
  await pool.query('VACUUM ANALYZE');
  const { rows } = await pool.query<{ bytes: number }>(
    `SELECT pg_total_relation_size('message_search') AS bytes`,
  );
  return { perSecond, megabytes: rows[0]!.bytes / 1e6 };
}

/** Every kind of question, asked by the heaviest users, by some in the middle and by light ones; each a second time, as its pages are read then. */
async function measure(db: Database, options: RunOptions) {
  const askers = await askersOf(db);
  const kinds = await questions(db);
  const rows: Figure[] = [];
  const all: number[] = [];
  const rounds = scaled(3, options);
  for (const [kind, asked] of Object.entries(kinds)) {
    const times: number[] = [];
    for (const asker of askers)
      for (const q of asked)
        for (let round = 0; round <= rounds; round++) {
          const startedAt = performance.now();
          await search({ db }, takeTurns(1), asker, { q, limit: 20 });
          if (round > 0) times.push(performance.now() - startedAt);
        }
    all.push(...times);
    rows.push({ what: `${kind}, p50`, unit: 'ms', value: percentile(times, 0.5) });
    rows.push({ what: `${kind}, p95`, unit: 'ms', value: percentile(times, 0.95) });
  }
  rows.push({ what: 'all of them, p50', unit: 'ms', value: percentile(all, 0.5) });
  rows.push({ what: 'all of them, p95', unit: 'ms', value: percentile(all, 0.95), must: 200, aim: 50 });
  return rows;
}

async function askersOf(db: Database): Promise<Principal[]> {
  const { rows } = await db.$client.query<{ id: string }>(
    'SELECT id FROM people WHERE n = ANY ($1) ORDER BY n',
    [[1, 2, 3, 20, 30, 40, 150, 190]],
  );
  return rows.map(({ id }) => ({ userId: id, role: 'member', via: { kind: 'earlier' } }));
}

async function questions(db: Database): Promise<Record<string, string[]>> {
  const { rows } = await db.$client.query<{ rank: number; en: string; word_ru: string }>(
    'SELECT rank, en, word_ru FROM words',
  );
  const words = new Map(rows.map(({ rank, ...word }) => [rank, word]));
  const of = (ranks: number[]) => ranks.flatMap((rank) => [words.get(rank)!.en, words.get(rank)!.word_ru]);
  const [common, medium, rare] = [of(RANKS.common), of(RANKS.medium), of(RANKS.rare)];
  return {
    'common words': common,
    'medium words': medium,
    'rare words': rare,
    'two words': [`${common[0]} ${medium[0]}`, `${common[1]} ${common[3]}`, `${medium[2]} ${rare[0]}`],
    phrases: [`"${common[0]} ${common[2]}"`, `"${medium[0]} ${common[0]}"`],
    'words left out': [`${common[0]} -${common[2]}`, `-${common[0]}`],
    'words with a filter': [
      `${common[0]} tag:seldom`,
      `${medium[0]} tag:often`,
      `${common[1]} from:model`,
      `${common[0]} archived:no`,
      `${rare[0]} before:2026-06-01`,
    ],
    'filters alone': ['tag:seldom', 'from:me', 'archived:no'],
    'a misspelt title': [`${medium[0]!.slice(0, 3)}x${medium[0]!.slice(4)}`],
  };
}

/** How long what is sent takes to be found, fifty sends a second, and what entering it costs the send itself. */
async function follow(db: Database, sends: number) {
  const { rows } = await db.$client.query<{ id: string }>('SELECT id FROM chats LIMIT 50');
  const send = async (nth: number): Promise<{ id: string; ms: number }> => {
    const id = newId();
    const startedAt = performance.now();
    await db.$client.query({
      name: 'bench-send',
      text: `INSERT INTO messages (id, chat_id, role, content, generation_id) VALUES ($1, $2, 'user', $3, NULL), ($4, $2, 'assistant', '[]', $4)`,
      values: [
        id,
        rows[nth % rows.length]!.id,
        JSON.stringify([{ type: 'text', text: `${'some words of mine '.repeat(20)} ${nth}` }]),
        newId(),
      ],
    });
    return { id, ms: performance.now() - startedAt };
  };
  const costs = { with: [] as number[], without: [] as number[] };
  for (let nth = 0; nth < sends * 2; nth++) {
    const is = Math.floor(nth / 20) % 2 === 0 ? 'with' : 'without';
    if (nth % 20 === 0)
      await db.$client.query(
        `ALTER TABLE messages ${is === 'with' ? 'ENABLE' : 'DISABLE'} TRIGGER messages_due_new`,
      );
    costs[is].push((await send(nth)).ms);
  }
  await db.$client.query('ALTER TABLE messages ENABLE TRIGGER messages_due_new');
  const stop = startSearchIndex({ db, reports: db, log: createLogger('warn'), clock: REAL_CLOCK });
  const lags = await Promise.all(
    Array.from({ length: sends }, async (_, nth) => {
      await sleep(nth * 20);
      const { id } = await send(nth);
      const startedAt = performance.now();
      while (!(await db.$client.query('SELECT FROM message_search WHERE message_id = $1', [id])).rowCount)
        await sleep(10);
      return performance.now() - startedAt;
    }),
  );
  await stop();
  return [
    { what: 'committed → found, p50', unit: 'ms', value: percentile(lags, 0.5) },
    { what: 'committed → found, p95', unit: 'ms', value: percentile(lags, 0.95) },
    { what: 'committed → found, longest', unit: 'ms', value: Math.max(...lags), must: 1000 },
    { what: 'the two messages of a send stored, p50', unit: 'ms', value: percentile(costs.with, 0.5) },
    { what: '… without their being made due, p50', unit: 'ms', value: percentile(costs.without, 0.5) },
  ];
}
