/** A million messages of two hundred people, and the index of them: what searches are measured with. */
import { indexBatch } from '#features/search/server/indexer/index-batch.ts';
import type { Database } from '#platform/database/database.ts';

export const USERS = 200;
const PROJECTS = 40;
const PER_CHAT = 20;
/** Different words of each language; how often one is used falls with its rank (Zipf). */
const WORDS = 20_000;

/** SQL: the word of a rank, in syllables of either language. */
const wordSql = (rank: string, ru: boolean): string =>
  `(SELECT string_agg(substr('${ru ? 'бвгдзклмнпрст' : 'bcdfglmnprstv'}', 1 + (${rank} / (13 ^ p)::int) % 13, 1)
      || substr('${ru ? 'аеиоу' : 'aeiou'}', 1 + (${rank} * 7 + p) % 5, 1), '') FROM generate_series(0, 3) p)`;

/** Halves of texts are made first, and messages of two of them: to draw eighty million words would take minutes. */
export async function write(db: Database, count: number): Promise<void> {
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
  await rooms(db);
  await run(
    `INSERT INTO chats (id, user_id, title, created_at, active_at, tags, archived, pinned, agent_id, project_id, visibility)
     SELECT gen_random_uuid(), p.id, initcap((SELECT en FROM words WHERE rank = 1 + (c.n * 7919) % ${WORDS})) || ' ' || c.n, at, at,
       CASE WHEN c.n % 50 = 0 THEN '{seldom}'::text[] WHEN c.n % 3 = 0 THEN '{often}' ELSE '{}' END,
       c.n % 31 = 0, c.n % 201 = 0,
       CASE WHEN c.n % 23 = 0 THEN (SELECT id FROM agents ORDER BY id LIMIT 1) WHEN c.n % 5 = 0 THEN (SELECT id FROM agents ORDER BY id DESC LIMIT 1) END,
       r.id, CASE WHEN r.id IS NOT NULL AND c.n % 2 = 0 THEN 'shared' ELSE 'private' END
     FROM (SELECT n, floor(${USERS} ^ random())::int AS who, now() - n * interval '7 minutes' AS at
           FROM generate_series(1, $1::int) n) c JOIN people p ON p.n = c.who
       LEFT JOIN LATERAL (SELECT id FROM rooms WHERE c.n % 7 = 0 AND (p.n + rooms.n) % 20 = 0 ORDER BY (c.n / 7 + rooms.n) % 3, rooms.n LIMIT 1) r ON true`,
    [Math.ceil(count / PER_CHAT)],
  );
  await run(`CREATE TABLE said AS
    SELECT gen_random_uuid() AS id, c.id AS chat_id, c.user_id, CASE WHEN c.visibility = 'shared' THEN c.project_id ELSE c.user_id END AS scope_id,
      c.agent_id, n, m, c.created_at + m * interval '10 seconds' AS at, (c.n * 31 + m * 977) % 20000 AS a,
      ((c.n * 31 + m * 977) % 20000 + 10 * ((c.n * 17 + m * 13) % 1999)) % 20000 AS b
    FROM (SELECT *, row_number() OVER () AS n FROM chats) c, generate_series(1, ${PER_CHAT}) m`);
  // One in fifteen has code; a reply says who wrote it, most of them the same model.
  await run(`INSERT INTO messages (id, chat_id, role, content, created_at, agent_id, ending)
    SELECT s.id, s.chat_id, CASE WHEN m % 2 = 0 THEN 'user' ELSE 'assistant' END,
      jsonb_build_array(jsonb_build_object('type', 'text', 'text', a.text || ' ' || b.text || CASE WHEN s.a % 15 = 0 THEN E'\\n\`\`\`\\n1\\n\`\`\`' ELSE '' END)), s.at,
      CASE WHEN m % 2 = 1 THEN s.agent_id END,
      CASE WHEN m % 2 = 1 THEN jsonb_build_object('state', 'completed', 'model', 'lab/' || CASE WHEN s.n % 29 = 0 THEN 'seldom-1b' ELSE 'often-7b' END) END
    FROM said s JOIN halves a ON a.n = s.a JOIN halves b ON b.n = s.b`);
  await run(
    'ALTER TABLE messages ENABLE TRIGGER messages_due_new; ALTER TABLE chats ENABLE TRIGGER chats_due_new',
  );
  await run('VACUUM ANALYZE');
}

/** Projects with ten members each, two of them everybody's, and two agents of everybody. */
async function rooms({ $client: pool }: Database): Promise<void> {
  await pool.query(
    `CREATE TABLE rooms AS SELECT gen_random_uuid() AS id, n FROM generate_series(1, ${PROJECTS}) n`,
  );
  await pool.query(
    `INSERT INTO projects (id, name) SELECT id, 'Room ' || n % 20 || CASE WHEN n > 20 THEN ' B' ELSE ' A' END FROM rooms`,
  );
  await pool.query(
    `INSERT INTO project_members (project_id, user_id, role) SELECT r.id, p.id, 'editor' FROM rooms r JOIN people p ON (p.n + r.n) % 20 = 0`,
  );
  for (const name of ['Seldom', 'Often'])
    await pool.query(
      `WITH made AS (INSERT INTO agents (id, scope, version) VALUES (('0000000' || $2::text || '-0000-7000-8000-000000000000')::uuid, 'instance', 1) RETURNING id)
       INSERT INTO agent_versions (agent_id, version, name, description, icon, parameters, instructions, tools, starters)
       SELECT id, 1, $1, '', '', '{}', '', '{}', '{}' FROM made`,
      [name, name === 'Seldom' ? '1' : '2'],
    );
}

/** Fills the index: some by the worker's own code, one batch after the other, the rest at once. */
export async function enter(db: Database, byWorker: number) {
  const pool = db.$client;
  await pool.query('DROP INDEX message_search_by_word, message_search_by_scope, message_search_by_chat');
  await pool.query(`INSERT INTO chat_search (chat_id, scope_id, tsv, letters, answered)
    SELECT c.id, CASE WHEN c.visibility = 'shared' THEN c.project_id ELSE c.user_id END,
      setweight(search_vector(title), 'A') || setweight(search_vector(array_to_string(tags, E'\\n')), 'B'), search_letters(title), a.names
    FROM chats c CROSS JOIN LATERAL (
      SELECT array_agg(DISTINCT name) AS names FROM messages m CROSS JOIN LATERAL (VALUES ('agent:' || m.agent_id), ('model:' || (m.ending->>'model')),
        ('model:' || substr(m.ending->>'model', 5))) v (name) WHERE m.chat_id = c.id AND name IS NOT NULL) a`);
  // As `search_vector` of both halves together would be.
  await pool.query('ALTER TABLE halves ADD COLUMN tsv tsvector; UPDATE halves SET tsv = search_vector(text)');
  await pool.query(
    `INSERT INTO message_search SELECT s.id, s.chat_id, s.scope_id, s.at, a.tsv || b.tsv, s.a % 15 = 0, false
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
