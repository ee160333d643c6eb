/** The terminal's words: the same in both languages, all of them used, with every plural form. */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import compile from 'icu-minify/compile';
import { describe, expect, test } from 'vitest';
import { sentencesOf } from '#platform/sentences.ts';
import terminalEnglish from '#terminal/words/en.json' with { type: 'json' };
import terminalRussian from '#terminal/words/ru.json' with { type: 'json' };
import { languageOfLocale, takeLanguage } from '#terminal/words.ts';
import english from './words/en.json' with { type: 'json' };
import russian from './words/ru.json' with { type: 'json' };

const PAIRS: [string, string, string][] = [
  ...[...Object.entries(english), ...Object.entries(terminalEnglish)].map(
    ([key, text]): [string, string, string] => [
      key,
      text,
      ({ ...russian, ...terminalRussian } as Record<string, string>)[key] ?? '',
    ],
  ),
];
/** Headings, names and placeholders that stand in a Russian sentence as they are typed. */
const LATIN = /^[\s\d\p{P}\p{S}]*$/u;

describe('the words of the terminal', () => {
  test('have the same keys in both languages, and none twice', () => {
    expect(Object.keys(russian)).toEqual(Object.keys(english));
    expect(Object.keys(terminalRussian)).toEqual(Object.keys(terminalEnglish));
    expect(Object.keys(english).filter((key) => key in terminalEnglish)).toEqual([]);
  });

  test('take the same values, and have every plural form of their language', () => {
    const asked = (text: string, language: string) => {
      const names = new Set<string>();
      const params = new Proxy({}, { get: (_all, name) => names.add(String(name)) && 3, has: () => true });
      expect(sentencesOf({ text }, language)('text', params).text).not.toMatch(/[{}]|undefined/);
      return names;
    };
    for (const [key, en, ru] of PAIRS) {
      expect([key, asked(ru, 'ru')]).toEqual([key, asked(en, 'en')]);
      for (const form of /, plural/.test(ru) ? ['one', 'few', 'many', 'other'] : [])
        expect([key, JSON.stringify(compile(ru))]).toEqual([key, expect.stringContaining(`"${form}"`)]);
    }
  });

  test('are all used, and Russian where they are Russian', () => {
    const files = globSync('{cli,terminal}/**/*.ts', { cwd: fileURLToPath(new URL('..', import.meta.url)) });
    const source = files
      .filter((path) => !path.includes('.test.'))
      .map((path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'))
      .concat(readFileSync(new URL('../main.ts', import.meta.url), 'utf8'))
      .join('\n');
    expect(PAIRS.filter(([key]) => !source.includes(`'${key}'`)).map(([key]) => key)).toEqual([]);
    expect(PAIRS.filter(([, , ru]) => !/[а-яё]/i.test(ru) || LATIN.test(ru)).map(([key]) => key)).toEqual([]);
  });
});

test.each([
  ['ru_RU.UTF-8', 'ru'],
  ['ru', 'ru'],
  ['rue_SK', 'en'],
  ['de_DE.UTF-8', 'en'],
  ['C', 'en'],
  [undefined, 'en'],
])('the locale %s is read as %s', (locale, language) => {
  expect(languageOfLocale(locale)).toBe(language);
});

test('--lang is a flag of every command, but not behind --', () => {
  expect(takeLanguage(['chat', '--lang', 'ru', 'hi'])).toEqual({ given: 'ru', rest: ['chat', 'hi'] });
  expect(takeLanguage(['--lang=ru', 'doctor'])).toEqual({ given: 'ru', rest: ['doctor'] });
  expect(takeLanguage(['chat', '--', '--lang=ru'])).toEqual({
    given: undefined,
    rest: ['chat', '--', '--lang=ru'],
  });
});
