/** Whatever is asked for is answered in time, and never by an error of the server. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, signUp } from '../harness/accounts.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { asks, chat, say, settled } from './people.ts';

let parley: TestParley;
let person: Person;
beforeAll(async () => {
  parley = await startTestParley();
  person = await signUp(parley.url);
  const { id } = await chat(person, { title: 'Some 100% title (a+)+$' });
  for (let n = 0; n < 300; n++)
    await say(parley.services, id, `aaaa aaaa%_ ${'word '.repeat(n)} \\ ' " (a+)+$ ${n}`);
  await settled(parley.services);
});
afterAll(() => parley.close());

/** Far above what it takes, far below what somebody would wait for. */
const SOON_MS = 3000;

test.each(
  [
    '%',
    '_',
    '%%%%',
    "'",
    '"',
    '""',
    '"""""',
    "'; DROP TABLE chats; --",
    '\\',
    '\\\\\\',
    '(a+)+$',
    '.*',
    '[[[',
    '(((((',
    ')',
    '!',
    '!!!!a',
    '&',
    '|',
    '<->',
    'a <-> b',
    ':*',
    'a:*',
    "a':*b",
    '-',
    '--',
    '-----a',
    '- - -',
    'or',
    'or or or',
    '-or',
    'the',
    'и',
    '*',
    '\t\n',
    '\u0001\u0002\u0003\u0004',
    '\u202Eabc',
    '🙂',
    '👨‍👩‍👧',
    '漢字',
    'tag:%',
    'tag:"',
    'tag:"a',
    "project:'",
    'agent:\\',
    'model:%',
    'model:/',
    'before:9999-12-31',
    'after:0001-01-01',
    'in:title in:title',
    '"'.repeat(1000),
    '-'.repeat(1000),
    '("'.repeat(500),
    'a '.repeat(500),
    '"a" '.repeat(250),
    '-a '.repeat(333),
    'or a '.repeat(200),
    'a-'.repeat(500),
    'a.'.repeat(500),
    'a/'.repeat(500),
    'ё'.repeat(1000),
    'aaaa '.repeat(200),
    `${'ab'.repeat(499)}`,
    'http://'.repeat(140),
    '<a '.repeat(300),
    '&amp;'.repeat(200),
    'tag:a '.repeat(20),
    'word -word',
    '-word',
    '"word word word word"',
  ].map((q) => [q.length > 40 ? `${q.slice(0, 20)}… (${q.length})` : q, q]),
)('%j', async (_name, q) => {
  const startedAt = Date.now();
  const { status } = await asks(person, q);
  expect([200, 400]).toContain(status);
  expect(Date.now() - startedAt).toBeLessThan(SOON_MS);
});

test.each(
  ['\u0000', 'a\u0000b', '\uD800', 'x'.repeat(10_000), '"'.repeat(10_000)].map(
    (q) => [q.slice(0, 20), q.length, q] as const,
  ),
)('what is no question is refused: %j, %i characters', async (_name, _length, q) => {
  const written = q.isWellFormed() ? encodeURIComponent(q) : '%ED%A0%80';
  const { status } = await person.fetch(`/api/v1/search?q=${written}`);
  // A lone surrogate is no UTF-8, and arrives as the sign for that; an address of 30 kB is none.
  expect(q.isWellFormed() ? [400, 431] : [200]).toContain(status);
});

test('broken escapes, a field given twice and cursors of other lists are refused', async () => {
  for (const query of [
    'q=%00',
    'q=a&q=b',
    'q=a&cursor=%00',
    `q=a&cursor=${Buffer.from('2026-01-01T00:00:00.000000Z x').toString('base64url')}`,
  ])
    expect([query, (await person.fetch(`/api/v1/search?${query}`)).status]).toEqual([query, 400]);
});

test('a rush of searches leaves the connections to those who send', async () => {
  const rush = Promise.all(Array.from({ length: 60 }, () => asks(person, '-word')));
  const startedAt = Date.now();
  expect((await person.fetch('/api/v1/chats', { method: 'POST', json: {} })).status).toBe(201);
  expect(Date.now() - startedAt).toBeLessThan(1000);
  expect((await rush).every(({ status }) => status === 200)).toBe(true);
});
