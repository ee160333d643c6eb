/** Two words at once and phrases are come to in different ways; each finds all there is, whatever way is chosen. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chooseWays, MOST_WALKED } from '#features/search/server/choose-ways.ts';
import type { Wanted } from '#features/search/server/find-sql.ts';
import { type Person, signUp } from '../harness/accounts.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { asks, chat, settled } from './people.ts';

const MESSAGES = MOST_WALKED * 2 + 1000;

let parley: TestParley;
let person: Person;
/** What is said, by the ids of the messages, the newest first. */
let said: { id: string; at: string; text: string }[];

beforeAll(async () => {
  parley = await startTestParley();
  person = await signUp(parley.url);
  const { id } = await chat(person, { title: 'Stones' });
  await settled(parley.services);
  const query = (text: string, values: unknown[] = []) => parley.services.db.$client.query(text, values);
  // Four in a second, so that many are equally old. The older half has "amber basalt" more often than the newer one.
  await query(
    `INSERT INTO messages (id, chat_id, role, content, created_at, source)
     SELECT gen_random_uuid(), $1, 'user', jsonb_build_array(jsonb_build_object('type', 'text', 'text', concat_ws(' ', 'stone',
       CASE WHEN n % 2 = 0 THEN 'amber' END,
       CASE WHEN n % 7 = 0 THEN 'lies' END,
       CASE WHEN n % 3 = 0 THEN 'basalt' END,
       CASE WHEN n % 900 = 0 THEN 'garnet' END,
       CASE WHEN n % (CASE WHEN n < ${MESSAGES / 2} THEN 50 ELSE 1000 END) = 0 THEN 'basalt amber' END,
       n))), '2026-01-01'::timestamptz + (n / 4) * interval '1 second', 'import'
     FROM generate_series(1, ${MESSAGES}) n`,
    [id],
  );
  // As the worker does it, at once.
  await query('DELETE FROM search_due');
  await query(`INSERT INTO message_search (message_id, chat_id, scope_id, created_at, tsv, has_code, has_file)
    SELECT m.id, c.id, c.user_id, m.created_at, search_vector(search_body(m.content)), false, false
    FROM messages m JOIN chats c ON c.id = m.chat_id ON CONFLICT DO NOTHING`);
  const { rows } = await query(
    `SELECT id, created_at AS at, search_body(content) AS text FROM messages WHERE chat_id = $1 ORDER BY created_at DESC, id DESC`,
    [id],
  );
  said = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
});
afterAll(() => parley.close());

const has = (text: string, ...words: string[]) => words.every((word) => text.split(' ').includes(word));

/** Every page of a question; the ids in their order. */
async function allPages(q: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await asks(person, q, `&limit=200${cursor && `&cursor=${cursor}`}`);
    ids.push(...body.items.map(({ messageId, title }) => messageId ?? title));
    cursor = body.nextCursor;
  }
  return ids;
}

/** How a question's messages are come to, on its first page. */
const waysOf = async (words: string) => {
  const wanted = {
    userId: person.userId,
    scopes: [person.userId],
    words,
    loose: [],
    conditions: [],
    chatIds: null,
  };
  const ways = await chooseWays(parley.services.db.$client, wanted satisfies Wanted, {
    high: null,
    low: null,
  });
  return [...ways.scopes.values()].map(({ walk }) => (walk ? 'walk' : 'look up'));
};

test.each([
  ['amber basalt', 'walk'],
  ['"basalt amber"', 'walk'],
  ['amber -basalt', 'walk'],
  ['amber garnet', 'look up'],
  ['garnet or sapphire', 'look up'],
])('%s: they %s', async (words, way) => expect(await waysOf(words)).toEqual([way]));

test('of a single word PostgreSQL knows enough', async () => expect(await waysOf('amber')).toEqual([]));

describe.each<[string, (text: string) => boolean]>([
  ['amber basalt', (text) => has(text, 'amber', 'basalt')],
  ['"basalt amber"', (text) => text.includes('basalt amber')],
  ['"amber lies basalt"', (text) => text.includes('amber lies basalt')],
  ['amber -basalt', (text) => has(text, 'amber') && !has(text, 'basalt')],
  ['amber garnet', (text) => has(text, 'amber', 'garnet')],
  ['garnet or lies', (text) => has(text, 'garnet') || has(text, 'lies')],
])('%s', (q, matches) => {
  test('finds every message that has it, once', async () => {
    const expected = said.filter(({ text }) => matches(text)).map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(8);
    expect((await allPages(q)).toSorted()).toEqual(expected.toSorted());
  });

  test('finds those before a day and after another, and no others', async () => {
    const day = '2026-01-01';
    expect(await allPages(`${q} before:${day}`)).toEqual([]);
    const expected = said.filter(({ text }) => matches(text)).map(({ id }) => id);
    expect((await allPages(`${q} after:${day}`)).toSorted()).toEqual(expected.toSorted());
  });
});
