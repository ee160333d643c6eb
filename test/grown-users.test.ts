/** Whoever has used Parley for years is answered as fast as on the first day: what is read does not grow with what there is. */
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sumUpUsage } from '#features/usage/server/index.ts';
import { newId } from '#platform/ids.ts';
import { admin, type Person } from './harness/accounts.ts';
import { addEndpoint } from './harness/endpoints.ts';
import { addEnded } from './harness/ledger.ts';
import { startTestParley, type TestParley } from './harness/parley.ts';
import { readStream, sendStreaming } from './harness/streams.ts';

const CHATS = 10_000;
const GENERATIONS = 10_000;
/** Pages of the database (8 kB) of one statement; going through all of a user's rows takes thousands. */
const FEW_PAGES = 300;

let parley: TestParley;
let ada: Person;
const db = () => parley.services.db.$client;
beforeAll(async () => {
  parley = await startTestParley({ maxChats: 1_000_000 });
  const endpointId = await addEndpoint(parley.services);
  ada = await admin(parley.url);
  await db().query(
    `INSERT INTO chats (id, user_id, title, description, active_at)
     SELECT gen_random_uuid(), $1, 'Chat ' || n, repeat('what it is about ', 5), now() - n * interval '1 minute'
     FROM generate_series(1, $2) n`,
    [ada.userId, CHATS],
  );
  await addEnded(
    parley.services,
    Array.from({ length: GENERATIONS }, (_, at) => ({
      userId: ada.userId,
      endpointId,
      agoSeconds: 90_000 + at * 240,
      inputTokens: at % 7,
      state: at % 3 ? 'completed' : 'failed',
      ...(at % 3 === 0 && { errorCode: 'endpoint_error' }),
    })),
  );
  await db().query('ANALYZE');
});
afterAll(() => parley.close());

type Statement = { text: string; values: unknown[] };

/** The index of what can be found is filled meanwhile, for whoever it is, and has measures of its own. */
const ASIDE = /\b(?:search_due|message_search|chat_search)\b/;

/** The statements with parameters that are sent while `work` goes on. */
async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const { query } = pg.Client.prototype;
  const sent = new Map<string, Statement>();
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [what, more] = args as [string | Statement, unknown];
    const text = typeof what === 'string' ? what : what.text;
    const values = typeof what === 'string' ? more : (what.values ?? more);
    if (text && Array.isArray(values)) sent.set(text, { text, values });
    return (query as (...all: unknown[]) => unknown).apply(this, args);
  } as typeof query;
  await work();
  pg.Client.prototype.query = query;
  return [...sent.values()].filter(({ text }) => !ASIDE.test(text));
}

/** How many pages a statement reads, found out by running it once more without a trace. */
async function pagesOf({ text, values }: Statement): Promise<number> {
  const again = text.includes('INSERT INTO generations (') ? values.with(2, newId()).with(4, null) : values;
  const client = await db().connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, again);
    const { Plan: plan } = rows[0]['QUERY PLAN'][0];
    return plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

const get = async (path: string) => (await ada.fetch(path)).json();

test.each<[string, () => Promise<unknown>]>([
  [
    'a new chat and its first message',
    async () => readStream(await sendStreaming(ada, '/script tokens=1 rate=0')),
  ],
  ['who somebody is', () => get('/api/v1/me')],
  ['the list of chats', () => get('/api/v1/chats')],
  ['words that are in none of them', () => get('/api/v1/chats?q=nowhere')],
  ['words that are in all of them', () => get('/api/v1/chats?q=about')],
])('%s takes few pages', async (_name, work) => {
  const found: [number, string][] = [];
  const statements = await statementsOf(work);
  expect(statements.length).toBeGreaterThan(0);
  for (const statement of statements) found.push([await pagesOf(statement), statement.text]);
  expect(found.filter(([pages]) => pages > FEW_PAGES)).toEqual([]);
});

test('usage that was summed up is the same, in every time zone, and takes few rows', async () => {
  const zones = ['UTC', 'Asia/Kathmandu', 'America/St_Johns'];
  const read = () =>
    Promise.all(
      zones.map(
        async (zone) => (await get(`/api/v1/usage?days=60&timeZone=${encodeURIComponent(zone)}`)).days,
      ),
    );
  const before = await read();
  expect(before[0].length).toBeGreaterThan(25);
  expect(await sumUpUsage(parley.services)).toBeGreaterThan(2000);
  expect(await sumUpUsage(parley.services)).toBe(0);
  expect(await read()).toEqual(before);
  const { rows } = await db().query('SELECT sum(generations)::int AS all FROM usage_quarters');
  expect(rows[0].all).toBe(GENERATIONS);
});

test('what has not ended yet is not summed up, nor anything after it', async () => {
  const old = await send();
  await db().query(`UPDATE generations SET queued_at = now() - interval '3 days' WHERE id = $1`, [old]);
  await db().query(`UPDATE instance SET usage_counted_to = now() - interval '5 days'`);
  await db().query('TRUNCATE usage_quarters');
  await sumUpUsage(parley.services);
  const { rows } = await db().query(
    `SELECT usage_counted_to <= now() - interval '3 days' AS waits FROM instance`,
  );
  expect(rows).toEqual([{ waits: true }]);
  await ada.fetch(`/api/v1/generations/${old}/cancel`, { method: 'POST' });
});

test('chats are counted whatever is done with them', async () => {
  const { rows } = await db().query(
    `SELECT chat_count = (SELECT count(*) FROM chats WHERE user_id = u.id AND NOT archived AND deleted_at IS NULL) AS same
     FROM users u WHERE id = $1`,
    [ada.userId],
  );
  expect(rows).toEqual([{ same: true }]);
  const count = async () => (await get('/api/v1/me')).chatCount as number;
  const chat = (await (await ada.fetch('/api/v1/chats', { method: 'POST', json: {} })).json()).id as string;
  const start = await count();
  const patch = (archived: boolean) =>
    ada.fetch(`/api/v1/chats/${chat}`, { method: 'PATCH', json: { archived } });
  const after: number[] = [];
  for (const step of [
    () => patch(true),
    () => patch(true),
    () => patch(false),
    () => ada.fetch(`/api/v1/chats/${chat}`, { method: 'DELETE' }),
    () => ada.fetch(`/api/v1/chats/${chat}/restore`, { method: 'POST' }),
    () => patch(true),
    () => ada.fetch(`/api/v1/chats/${chat}`, { method: 'DELETE' }),
    () => db().query('DELETE FROM chats WHERE id = $1', [chat]),
  ]) {
    await step();
    after.push((await count()) - start);
  }
  expect(after).toEqual([-1, -1, 0, -1, 0, -1, -1, -1]);
});

/** A reply that does not end by itself. */
async function send(): Promise<string> {
  const answer = await ada.fetch('/api/v1/messages', {
    method: 'POST',
    json: { message: { content: '/script tokens=9 stall=1 rate=0' } },
  });
  return (await answer.json()).generation.id;
}
