/** The server's sentences: both languages say the same things with the same parameters, each is said once, and all of them render. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import compile from 'icu-minify/compile';
import { describe, expect, test } from 'vitest';
import { AppError } from './errors.ts';
import { isFieldReason } from './say.ts';
import { sentencesOf } from './sentences.ts';

const SOURCE = fileURLToPath(new URL('..', import.meta.url));
const sources = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).map((path) =>
  path.replaceAll('\\', '/'),
);
const files = sources.filter((path) => /(?:^|\/)sentences\/en\.json$/.test(path));
const text = (path: string): string => readFileSync(join(SOURCE, path), 'utf8');
const read = (path: string): Record<string, string> => JSON.parse(text(path));

/** Says a message with the same value for every parameter; which ones it asked for, and what came of it. */
function render(message: string, language: string, value: string | number) {
  const asked = new Set<string>();
  const get = (_params: object, name: string | symbol) => {
    asked.add(String(name));
    return value;
  };
  const params = new Proxy({}, { get, has: () => true });
  return { text: sentencesOf({ message }, language)('message', params).text, asked: [...asked].sort() };
}

/** The forms of every plural in a compiled message, however deep. */
function pluralsIn(node: unknown): string[][] {
  if (typeof node !== 'object' || node === null) return [];
  if (!Array.isArray(node)) return Object.values(node).flatMap(pluralsIn);
  const [name, kind, options] = node;
  const isPlural = typeof name === 'string' && kind === 2 && typeof options === 'object';
  return [...(isPlural ? [Object.keys(options)] : []), ...node.flatMap(pluralsIn)];
}

test('a sentence is in English for who reads it now, and a reason with parameters for who says it in another language', () => {
  const say = sentencesOf({ full: '{waiting, plural, one {# waits} other {# wait}} for “{name}”.' });
  expect(new AppError('queue_full', say('full', { waiting: 2, name: '{x} <b>' })).body()).toEqual({
    code: 'queue_full',
    detail: '2 wait for “{x} <b>”.',
    reason: 'full',
    params: { waiting: 2, name: '{x} <b>' },
  });
});

describe.each(files)('%s', (path) => {
  const [english, russian] = [read(path), read(path.replace('en.json', 'ru.json'))];

  test('and its Russian have the same reasons', () => {
    expect(Object.keys(russian)).toEqual(Object.keys(english));
  });

  test.each(Object.entries(english))(
    '%s is said in both languages, with the same parameters',
    (reason, message) => {
      const theirs = russian[reason]!;
      const counts = /, (?:plural|number)/.test(message);
      for (const value of counts ? [1, 3, 5, 1_000_000] : [1, 3, 'none', 'text']) {
        const [ours, others] = [render(message, 'en', value), render(theirs, 'ru', value)];
        expect(others.asked).toEqual(ours.asked);
        expect(ours.text).not.toMatch(/[{}]|undefined/);
        expect(others.text).not.toMatch(/[{}]|undefined/);
      }
      expect(theirs).toMatch(/[а-яё]/i);
      for (const [language, one] of [
        ['en', message],
        ['ru', theirs],
      ] as const)
        for (const forms of pluralsIn(compile(one)))
          expect(forms).toEqual(
            expect.arrayContaining(new Intl.PluralRules(language).resolvedOptions().pluralCategories),
          );
    },
  );
});

test('no reason is used by two rooms, and every one is said somewhere', () => {
  const reasons = files.flatMap((path) => Object.keys(read(path)));
  expect(reasons.filter((reason, at) => reasons.indexOf(reason) !== at)).toEqual([]);
  const code = sources.filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.')).map(text);
  const quoted = new Set(code.flatMap((source) => [...source.matchAll(/'([a-z]\w+)'/g)].map((m) => m[1]!)));
  // Of errors stored before sentences had names, pages tell by `ended_` and the code.
  const isSaid = (reason: string) => quoted.has(reason.replace(/^ended_/, ''));
  expect(reasons.filter((reason) => !isSaid(reason))).toEqual([]);
});

test('what schemas refuse for rules of their own has a sentence', () => {
  const shared = ['fields.ts', ...sources.filter((path) => /^features\/\w+\/\w+\.ts$/.test(path))];
  const own = shared.flatMap((path) => [
    ...text(path).matchAll(/\.(?:refine|regex|min|max)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*?, '([^']+)'\)/g),
  ]);
  expect(own.length).toBeGreaterThan(5);
  expect(own.map((match) => match[1]!).filter((message) => !isFieldReason(message))).toEqual([]);
});
