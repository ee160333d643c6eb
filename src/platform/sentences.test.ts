/** The server's sentences: both languages say the same things with the same parameters, and each is said once. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import compile from 'icu-minify/compile';
import { expect, test } from 'vitest';
import { AppError } from './errors.ts';
import { sentencesOf } from './sentences.ts';

const SOURCE = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /(?:^|\/)sentences\/en\.json$/.test(path));
const read = (path: string): Record<string, string> => JSON.parse(readFileSync(join(SOURCE, path), 'utf8'));
const namesIn = (message: string) => [...new Set(message.match(/(?<=\{)\w+(?=[,}])/g))].sort();

test('a sentence is in English for who reads it now, and a reason with parameters for who says it in another language', () => {
  const say = sentencesOf({ full: '{waiting, plural, one {# waits} other {# wait}} for “{name}”.' });
  expect(new AppError('queue_full', say('full', { waiting: 2, name: '{x} <b>' })).body()).toEqual({
    code: 'queue_full',
    detail: '2 wait for “{x} <b>”.',
    reason: 'full',
    params: { waiting: 2, name: '{x} <b>' },
  });
});

test.each(files)('%s and its Russian say the same, with the same parameters', (path) => {
  const [english, russian] = [read(path), read(path.replace('en.json', 'ru.json'))];
  expect(Object.keys(russian)).toEqual(Object.keys(english));
  for (const [reason, message] of Object.entries(english)) {
    expect(() => [compile(message), compile(russian[reason]!)]).not.toThrow();
    expect([reason, namesIn(russian[reason]!)]).toEqual([reason, namesIn(message)]);
  }
});

test('no reason is used by two rooms', () => {
  const reasons = files.flatMap((path) => Object.keys(read(path)));
  expect(reasons.filter((reason, at) => reasons.indexOf(reason) !== at)).toEqual([]);
});
