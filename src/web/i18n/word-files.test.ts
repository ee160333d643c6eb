/** Every file of the page's words, wherever it lies: the same keys in both languages, none twice, none unused. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import compile from 'icu-minify/compile';
import { describe, expect, it } from 'vitest';

type Language = 'en' | 'ru';
type Nested = { [key: string]: string | Nested };
const flatten = (messages: Nested, prefix = ''): [string, string][] =>
  Object.entries(messages).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );

const SOURCE = fileURLToPath(new URL('../..', import.meta.url));
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).map((path) =>
  path.replaceAll('\\', '/'),
);
/** The terminal has its own, which `src/cli/speech.test.ts` looks after. */
const wordFiles = files.filter((path) =>
  /^(?!cli\/|terminal\/)(?:.*\/)?words\/(?:first\.)?(?:en|ru)\.json$/.test(path),
);
const read = (path: string): string => readFileSync(join(SOURCE, path), 'utf8');
const wordsIn = (language: Language): [string, string][] =>
  wordFiles
    .filter((path) => path.endsWith(`${language}.json`))
    .flatMap((path) => flatten(JSON.parse(read(path))));
const LANGUAGES = { en: wordsIn('en'), ru: wordsIn('ru') };

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

describe('the words of the page', () => {
  it('lie in pairs of files with the same keys, in English and Russian', () => {
    const english = wordFiles.filter((path) => path.endsWith('en.json'));
    expect(english.length).toBeGreaterThan(10);
    const keysOf = (path: string) => flatten(JSON.parse(read(path))).map(([key]) => key);
    for (const path of english)
      expect([path, keysOf(path.replace(/en\.json$/, 'ru.json'))]).toEqual([path, keysOf(path)]);
    expect(wordFiles).toHaveLength(2 * english.length);
  });

  it('are said once: no key stands in two files', () => {
    const keys = LANGUAGES.en.map(([key]) => key);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('are all used', () => {
    expect(LANGUAGES.en.map(([key]) => key).filter((key) => !isUsed(key))).toEqual([]);
    expect(DYNAMIC.filter((prefix) => !LANGUAGES.en.some(([key]) => key.startsWith(prefix)))).toEqual([]);
    expect(['composer.sendd', 'queue.sendNow', 'auth.stage.next'].filter(isUsed)).toEqual([]);
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
      'origins.valueFrom',
      'settings.enter',
      'settings.modifier',
    ]);
  });
});

/** Keys that are put together while the page runs (`t(`state.${state}`)`), by how they begin. */
const DYNAMIC = [
  'accountInvites.text.',
  'accountInvites.usesOf.',
  'accountInvites.valid.',
  'agent.icons.',
  'agent.owner.',
  'agent.ownerMeans.',
  'agent.readOnly.',
  'agent.scope.',
  'agents.filter.',
  'allChats.show.',
  'audit.actions.',
  'auth.closed.',
  'bulk.action.',
  'bulk.done.',
  'chatSettings.layer.',
  'chatSettings.windowFrom.',
  'chats.group.',
  'compare.said.',
  'composer.writing.',
  'empty.suggestion.',
  'end.odd.',
  'end.state.',
  'endpoints.kind.',
  'endpoints.source.',
  'invites.usesOf.',
  'invites.valid.',
  'sharing.valid.',
  'instructions.layer.',
  'keys.scope.',
  'keys.scopeHint.',
  'keys.valid.',
  'limits.name.',
  'limits.short.',
  'members.may.',
  'members.role.',
  'models.health.',
  'origins.from.',
  'origins.own.',
  'pages.',
  'parameters.effort.',
  'parameters.name.',
  'project.tab.',
  'transfer.one.',
  'transfer.out.',
  'project.yourRole.',
  'projectSettings.fateMeans.',
  'projectSettings.fateOf.',
  'projectSettings.newChatsAre.',
  'projects.icons.',
  'providers.refused.',
  'queue.class.',
  'queue.error.',
  'queue.stage.',
  'refusals.',
  'settingHints.',
  'settingNames.',
  'settings.groups.',
  'settings.scope.',
  'shortcuts.',
  'rating.tag.',
  'stage.reason.',
  'told.layer.',
  'told.role.',
  'usage.state.',
  'users.roleOf.',
  'users.roles.',
  'search.section.',
];

/** The quoted strings of each source, and the namespaces it takes words from; `pages.ts` names entries of the navigation. */
const sources = files
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.'))
  .map(read)
  .map((text) => ({
    quoted: new Set([...text.matchAll(/'([\w.-]+)'/g)].map((match) => match[1]!)),
    namespaces: [...text.matchAll(/useTranslations\('([\w.]+)'\)/g)]
      .map((match) => match[1]!)
      .concat(/\bword: '/.test(text) ? ['nav'] : []),
  }));

/** Whether some source takes words from a namespace above the key and has the rest of the key in quotes. */
function isUsed(key: string): boolean {
  if (DYNAMIC.some((prefix) => key.startsWith(prefix))) return true;
  return sources.some(({ quoted, namespaces }) =>
    namespaces.some((space) => key.startsWith(`${space}.`) && quoted.has(key.slice(space.length + 1))),
  );
}
