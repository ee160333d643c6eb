/** What a browser has to fetch before it can show the page. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rollup } from 'vite';
import { beforeAll, expect, it, vi } from 'vitest';

const CONFIG = fileURLToPath(new URL('../vite.config.ts', import.meta.url));
const SOURCES = fileURLToPath(new URL('../src/', import.meta.url));
const KB = 1000;
/**
 * Measured: what the first load weighs today, by language. Which pages, windows and panels there are, with the menus' entries, is not
 * in it: a new wing of the product may add at most 2 kB to the chat itself, and what it adds is written here.
 * What is typed with `/` and `@`, messages without a reply, presses and the keyboard of touch screens: 0.9 kB, which are their places.
 * The list under the hand, and replies that end elsewhere: 0.3 kB, which are their words, the dot on the tab, and notes at the head of the page.
 * The place of messages that a link far up a chat leaves unread: 0.1 kB.
 */
const SCRIPT_BYTES = { en: 125_200, ru: 126_100 };
/** What may be added without a word about it. */
const SLACK_BYTES = 300;
const MOST_STYLE_BYTES = 20 * KB;

/** The features with words of parts that are fetched when they are shown. */
const LATER_WORDS = [
  'accounts',
  'agents',
  'audit',
  'chats',
  'contexts',
  'endpoints',
  'gateway',
  'generations',
  'leaving',
  'ops',
  'projects',
  'search',
  'settings',
  'sharing',
  'transfer',
  'usage',
];

let files: Rollup.RollupOutput['output'];

beforeAll(async () => {
  // The test runner's own value would bundle React with its checks for developers.
  vi.stubEnv('NODE_ENV', 'production');
  const built = await build({ configFile: CONFIG, logLevel: 'error', build: { write: false } });
  files = (built as Rollup.RollupOutput).output;
  vi.unstubAllEnvs();
}, 180_000);

type Language = keyof typeof SCRIPT_BYTES;

/** The files of the scripts that the page needs before it shows anything: the entry, what hangs on it, and the words of a language. */
function firstLoad(language: Language): Set<string> {
  const chunks = new Map(
    files.filter((file) => file.type === 'chunk').map((chunk) => [chunk.fileName, chunk]),
  );
  const first = new Set<string>();
  const add = (name: string) => {
    const chunk = chunks.get(name);
    if (!chunk || first.has(name)) return;
    first.add(name);
    for (const next of chunk.imports) add(next);
  };
  for (const chunk of chunks.values())
    if (chunk.isEntry || chunk.name === `words-${language}`) add(chunk.fileName);
  return first;
}

const gzipped = (text: string | Uint8Array) => gzipSync(text).length;

it.each(['en', 'ru'] as const)(
  'the scripts of the first load weigh no more than is written here, in %s',
  (language) => {
    const first = firstLoad(language);
    const bytes = files
      .filter((file) => file.type === 'chunk')
      .filter((chunk) => first.has(chunk.fileName))
      .reduce((sum, chunk) => sum + gzipped(chunk.code), 0);
    console.info(`first load (${language}): ${first.size} scripts, ${(bytes / KB).toFixed(1)} kB gzip`);
    expect(first.size).toBeGreaterThan(1);
    expect(bytes).toBeLessThan(SCRIPT_BYTES[language] + SLACK_BYTES);
  },
);

it('pages, windows and panels are fetched when they are shown', () => {
  const features = `${SOURCES}features/`;
  const parts = readdirSync(features).flatMap((feature) => {
    const path = `${features}${feature}/pages.ts`;
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return [...text.matchAll(/import\('\.(\/web\/[^']+\.tsx)'\)/g)].map((match) => `${feature}${match[1]}`);
  });
  expect(parts.length).toBeGreaterThan(8);
  const first = firstLoad('en');
  const loaded = files
    .filter((file) => file.type === 'chunk' && first.has(file.fileName))
    .flatMap((chunk) => (chunk.type === 'chunk' ? Object.keys(chunk.modules) : []));
  expect(loaded.length).toBeGreaterThan(100);
  expect(loaded.filter((id) => id.endsWith('/pages.ts') && !id.endsWith('/web/pages.ts'))).toEqual([]);
  expect(parts.filter((part) => loaded.some((id) => id.endsWith(`/features/${part}`)))).toEqual([]);
  // What a menu or a popover is drawn with comes with the first of them; schemas and tables are the server's.
  expect(loaded.filter((id) => /\/node_modules\/(?:@radix-ui|radix-ui|zod|drizzle-orm)\//.test(id))).toEqual(
    [],
  );
});

it('words that only later parts use are not in the first load, and the first ones are one file for each language', () => {
  const chunks = files.filter((file) => file.type === 'chunk');
  const holding = (words: string) =>
    chunks.filter((chunk) => Object.keys(chunk.modules).some((id) => id.endsWith(words)));
  for (const feature of LATER_WORDS) {
    const [later, ...more] = holding(`/features/${feature}/web/words/en.json`);
    expect([feature, more.length, firstLoad('en').has(later!.fileName)]).toEqual([feature, 0, false]);
  }
  for (const [own, other] of [
    ['en', 'ru'],
    ['ru', 'en'],
  ] as const) {
    const words = holding(`/words/first.${own}.json`);
    expect(words).toHaveLength(1);
    const rooms = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith(`words/first.${own}.json`))
      .map((path) => `${SOURCES}${path}`);
    expect(rooms.filter((room) => !Object.keys(words[0]!.modules).includes(room))).toEqual([]);
    expect(firstLoad(own).has(words[0]!.fileName)).toBe(true);
    expect(firstLoad(other).has(words[0]!.fileName)).toBe(false);
    // The head of the page asks for it by its name, beside the scripts.
    const html = files.find((file) => file.fileName === 'index.html');
    expect(html?.type === 'asset' && html.source).toContain(`data-words-${own}="./${words[0]!.fileName}"`);
  }
});

it('the styles stay under 20 kB, compressed', () => {
  const styles = files.filter((file) => file.type === 'asset' && file.fileName.endsWith('.css'));
  const bytes = styles.reduce((sum, file) => sum + (file.type === 'asset' ? gzipped(file.source) : 0), 0);
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(MOST_STYLE_BYTES);
});

it('nothing in the page names another host to fetch from, and no script is inline', () => {
  const html = files.find((file) => file.fileName === 'index.html');
  const source = html?.type === 'asset' ? String(html.source) : '';
  expect(source).toContain('<base href="/"');
  expect(source).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  expect([...source.matchAll(/<script(?![^>]*\bsrc=)[^>]*>/g)]).toEqual([]);
});
