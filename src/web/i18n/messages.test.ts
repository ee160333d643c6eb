import compile from 'icu-minify/compile';
import { describe, expect, it } from 'vitest';
import en from './en.json' with { type: 'json' };
import pagesEn from './pages/en.json' with { type: 'json' };
import pagesRu from './pages/ru.json' with { type: 'json' };
import ru from './ru.json' with { type: 'json' };

type Nested = { [key: string]: string | Nested };
const flatten = (messages: Nested, prefix = ''): [string, string][] =>
  Object.entries(messages).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );

// How the compiler marks the two kinds of plural.
const KINDS: Record<number, Intl.PluralRuleType> = { 2: 'cardinal', 3: 'ordinal' };

/** Every plural in a compiled message, however deep: its kind and the forms it has. */
function pluralsIn(node: unknown): [kind: Intl.PluralRuleType, forms: string[]][] {
  if (typeof node !== 'object' || node === null) return [];
  if (!Array.isArray(node)) return Object.values(node).flatMap(pluralsIn);
  const [name, kind, options] = node;
  const own = typeof name === 'string' && typeof options === 'object' ? KINDS[kind as number] : undefined;
  return [
    ...(own ? [[own, Object.keys(options)] as [Intl.PluralRuleType, string[]]] : []),
    ...node.flatMap(pluralsIn),
  ];
}

const argumentsOf = (text: string) =>
  new Set(
    [...text.matchAll(/\{(\w+)(?=[,}])/g)]
      .map((match) => match[1])
      .concat([...text.matchAll(/<(\w+)>/g)].map((m) => m[1])),
  );

const LANGUAGES = { en: flatten({ ...en, ...pagesEn }), ru: flatten({ ...ru, ...pagesRu }) };

describe('the words of the page', () => {
  it('are the same keys in English and Russian', () => {
    const keys = (language: 'en' | 'ru') => LANGUAGES[language].map(([key]) => key);
    expect(keys('ru')).toEqual(keys('en'));
  });

  it('take the same arguments in both languages', () => {
    const russian = new Map(LANGUAGES.ru);
    for (const [key, text] of LANGUAGES.en)
      expect([key, argumentsOf(russian.get(key)!)]).toEqual([key, argumentsOf(text)]);
  });

  it.each(['en', 'ru'] as const)('have every plural form that %s needs', (language) => {
    let found = 0;
    for (const [key, text] of LANGUAGES[language]) {
      for (const [type, forms] of pluralsIn(compile(text))) {
        found++;
        const needed = new Intl.PluralRules(language, { type }).resolvedOptions().pluralCategories;
        expect([key, forms]).toEqual([key, expect.arrayContaining(needed)]);
      }
    }
    expect(found).toBeGreaterThan(4);
  });

  it('are never empty, and Russian ones are in Russian', () => {
    for (const [key, text] of [...LANGUAGES.en, ...LANGUAGES.ru])
      expect([key, text.trim()]).not.toEqual([key, '']);
    const latin = LANGUAGES.ru.filter(([, text]) => !/[а-яё]/i.test(text)).map(([key]) => key);
    expect(latin.sort()).toEqual([
      'endpoints.kind.anthropic',
      'endpoints.kind.openai',
      'settings.enter',
      'settings.modifier',
    ]);
  });
});
