/** The shape of the tree: who imports whom, how long files are, where the environment is read, what the docs name. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { VARIABLES } from '#config';
// @ts-expect-error The scripts are plain JavaScript: they run before TypeScript can.
import { missingOptionals } from '../scripts/complete-lock.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const filesUnder = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);
const code = ['src', 'test', 'scripts', 'bin', ...optional('e2e'), ...optional('bench')]
  .flatMap(filesUnder)
  .filter((path) => /\.(ts|tsx|js)$/.test(path));
const sources = code.filter((path) => path.startsWith('src/') && !isTest(path));

function optional(folder: string): string[] {
  return readdirSync(ROOT).includes(folder) ? [folder] : [];
}

type Layer =
  | 'config'
  | 'platform'
  | 'providers'
  | 'shared'
  | 'server'
  | 'web'
  | 'page'
  | 'terminal'
  | 'cli'
  | 'app'
  | 'main';

/** What each layer may import. `shared`: the nouns of a feature, which server, web and CLI have in common. */
const MAY_IMPORT: Record<Layer, Layer[]> = {
  config: [],
  platform: ['platform', 'config'],
  providers: ['providers', 'platform', 'config', 'shared'],
  shared: ['shared'],
  server: ['server', 'shared', 'providers', 'platform', 'config'],
  web: ['web', 'shared'],
  page: ['page', 'web', 'shared'],
  terminal: ['terminal', 'shared', 'platform', 'config'],
  cli: ['cli', 'terminal', 'app', 'server', 'shared', 'platform', 'config'],
  app: ['server', 'shared', 'providers', 'platform', 'config'],
  main: ['cli', 'platform', 'config'],
};

function layerOf(path: string): Layer {
  const [, top, , third] = path.split('/');
  if (top === 'features') return third === 'server' || third === 'web' || third === 'cli' ? third : 'shared';
  if (top === 'web' || top === 'platform' || top === 'providers') return top;
  if (top === 'page' || top === 'terminal' || top === 'cli') return top;
  return top!.replace('.ts', '') as Layer;
}

const featureOf = (path: string): string | undefined => /^src\/features\/([^/]+)\//.exec(path)?.[1];

/** Every import of our own files: `[importing, imported]`, as paths from the root. */
function ownImports(path: string): [string, string][] {
  const text = read(path);
  const found = [...text.matchAll(/(?:from|import\(|import)\s*'([#.][^']+)'/g)].map((match) => match[1]!);
  return found
    .map((name) => (name.startsWith('.') ? join(dirname(path), name) : name.replace('#', 'src/')))
    .map((name): [string, string] => [path, /\.\w+$/.test(name) ? name : `${name}.ts`]);
}

const imports = sources.flatMap(ownImports).filter(([, to]) => to.startsWith('src/'));

test('imports run one way: platform ← providers ← servers ← app ← main, and the page knows no server', () => {
  const wrong = imports.filter(([from, to]) => !MAY_IMPORT[layerOf(from)]?.includes(layerOf(to)));
  expect(wrong.map((pair) => pair.join(' → '))).toEqual([]);
});

test("a feature reaches another one's server only through its index, or its tables to join them", () => {
  const wrong = imports.filter(
    ([from, to]) =>
      (layerOf(from) === 'server' || layerOf(from) === 'cli') &&
      layerOf(to) === 'server' &&
      featureOf(from) !== featureOf(to) &&
      !/\/server\/(?:index|tables)\.ts$/.test(to),
  );
  expect(wrong.map((pair) => pair.join(' → '))).toEqual([]);
});

test('shared nouns need nothing but schemas', () => {
  const wrong = sources
    .filter((path) => layerOf(path) === 'shared')
    .flatMap((path) => [...read(path).matchAll(/^import .*from '([^#.][^']*)'/gm)].map((m) => [path, m[1]]))
    .filter(([, name]) => name !== 'zod');
  expect(wrong).toEqual([]);
});

test('no file is over 300 lines, no component over 200', () => {
  const long = code
    .map((path): [string, number] => [path, read(path).split('\n').length - 1])
    .filter(([path, lines]) => lines > (path.endsWith('.tsx') ? 200 : 300));
  expect(long).toEqual([]);
});

test('the environment is read in src/config.ts alone', () => {
  const readers = sources.filter((path) => /process\.env\b/.test(read(path)));
  expect(readers).toEqual(['src/config.ts']);
});

test.each(['.env.example', 'docs/self-hosting.md'])(
  'every variable is documented in %s, and no other',
  (path) => {
    const documented = [...read(path).matchAll(/^(?:# |\| `)([A-Z][A-Z_]+)(?:=|` \|)/gm)].map(
      (match) => match[1]!,
    );
    expect([...new Set(documented)].sort()).toEqual([...VARIABLES].sort());
  },
);

test('the lock file names no download addresses, and the binaries of every platform', () => {
  const lock = JSON.parse(read('package-lock.json'));
  expect(JSON.stringify(lock)).not.toContain('"resolved"');
  expect(missingOptionals(lock), 'mend it with: node scripts/complete-lock.js').toEqual([]);
});
