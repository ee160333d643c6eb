/** The shape of the tree: who imports whom, how long files are, where the environment is read, what the docs name. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { VARIABLES } from '#config';
// @ts-expect-error The scripts are plain JavaScript: they run before TypeScript can.
import { missingOptionals, unchecked } from '../scripts/complete-lock.js';

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

/**
 * The floors of the house, from the ground up. What stands on a floor imports from its own floor and from those below, by
 * type as well; rooms of one floor may know each other as long as no circle arises. A new feature is written into this list.
 */
const FLOORS = [
  ['config.ts', 'sign-in-providers.ts', 'files-address.ts', 'fields.ts'],
  ['platform', 'terminal', 'web'],
  ['providers'],
  ['settings', 'audit'],
  ['accounts', 'contexts'],
  ['endpoints', 'projects', 'messages', 'files'],
  ['agents', 'tools', 'tasks'],
  ['generations'],
  ['chats', 'usage'],
  ['ops', 'leaving', 'gateway', 'lab', 'transfer', 'search', 'sharing'],
  ['app.ts'],
  ['cli', 'page'],
  ['main.ts'],
];

/** What a part of a feature may know of others': `shared` are the files directly in a feature's folder, but for `pages.ts` and `setting-entries.ts`. */
const MAY_IMPORT: Record<Part, Part[]> = {
  shared: ['shared'],
  server: ['server', 'shared'],
  web: ['web', 'shared'],
  page: ['web', 'page', 'shared'],
  cli: ['cli', 'server', 'shared'],
};
type Part = 'shared' | 'server' | 'web' | 'page' | 'cli';

/** A feature by its noun, anything else by its folder or file in `src/`. */
function roomOf(path: string): string {
  const [, top, noun] = path.split('/');
  return top === 'features' ? noun! : top!;
}

function partOf(path: string): Part {
  const [, top, , part] = path.split('/');
  if (top === 'features' && /^(?:pages|setting-entries)\.ts$/.test(part ?? '')) return 'web';
  if (top === 'features') return part === 'server' || part === 'web' || part === 'cli' ? part : 'shared';
  // How Markdown is read knows no page: exports are written by it as well.
  if (/^src\/web\/markdown\/(?:parse|text)\//.test(path)) return 'shared';
  if (top === 'web' || top === 'page' || top === 'cli') return top;
  return top === 'fields.ts' || top === 'providers' ? 'shared' : 'server';
}

const isFeature = (path: string): boolean => path.startsWith('src/features/');

type Import = readonly [from: string, to: string];

/** Every import of our own files, types and lazy ones included, as paths from the root. */
function ownImports(path: string): Import[] {
  const text = read(path);
  const found = [...text.matchAll(/(?:from|import\(|import)\s*'([#.][^']+)'/g)].map((match) => match[1]!);
  return found
    .map((name) => (name.startsWith('.') ? join(dirname(path), name) : name.replace('#', 'src/')))
    .map((name): Import => [path, /\.\w+$/.test(name) ? name : `${name}.ts`]);
}

const imports = sources.flatMap(ownImports).filter(([, to]) => to.startsWith('src/'));
const asText = (pairs: Iterable<Import>): string[] => [...pairs].map(([from, to]) => `${from} → ${to}`);

test('every room stands on a floor, and imports run down', () => {
  const floorOf = (path: string) => FLOORS.findIndex((rooms) => rooms.includes(roomOf(path)));
  expect(sources.filter((path) => floorOf(path) === -1)).toEqual([]);
  expect(asText(imports.filter(([from, to]) => floorOf(to) > floorOf(from)))).toEqual([]);
});

test('nothing goes in a circle: no files, no folders beside one another, no rooms', () => {
  expect(circles(imports)).toEqual([]);
  expect(circles(imports.map(([from, to]) => [roomOf(from), roomOf(to)]))).toEqual([]);
  // A folder and one inside it are one part: the list of what is in it stands above, what its files share as well.
  const folders = imports.map(([from, to]): Import => [dirname(from), dirname(to)]);
  const apart = folders.filter(
    ([from, to]) => !`${from}/`.startsWith(`${to}/`) && !`${to}/`.startsWith(`${from}/`),
  );
  expect(circles(apart)).toEqual([]);
});

test('the page knows no server, servers know no page, and the shared nouns neither', () => {
  const ours = imports.filter(([from]) => isFeature(from) || /^src\/(?:web|page|fields)/.test(from));
  const wrong = ours.filter(
    ([from, to]) =>
      !['platform', 'terminal', 'config.ts'].includes(roomOf(to)) &&
      !MAY_IMPORT[partOf(from)].includes(partOf(to)),
  );
  expect(asText(wrong)).toEqual([]);
  const pages = ours.filter(([from]) => ['web', 'page', 'shared'].includes(partOf(from)));
  expect(
    asText(pages.filter(([, to]) => ['platform', 'terminal', 'config.ts'].includes(roomOf(to)))),
  ).toEqual([]);
});

test('a feature is entered by its doors only: its shared files, the index of a part, its tables to join them, its first words', () => {
  const wrong = imports.filter(
    ([from, to]) =>
      isFeature(to) &&
      roomOf(from) !== roomOf(to) &&
      !/^src\/features\/\w+\/(?:[^/]+|\w+\/index\.ts|server\/tables\.ts|web\/words\/first\.\w+\.json)$/.test(
        to,
      ),
  );
  expect(asText(wrong)).toEqual([]);
});

test('shared nouns need nothing but schemas, and their rules not even those', () => {
  const outside = (path: string) =>
    [...read(path).matchAll(/^import .*from '([^#.][^']*)'/gm)].map((m) => m[1]!);
  const shared = sources.filter(
    (path) => isFeature(path) && partOf(path) === 'shared' && path.endsWith('.ts'),
  );
  expect(shared.flatMap(outside).filter((name) => name !== 'zod')).toEqual([]);
  const loaded = shared
    .filter((path) => path.endsWith('/rules.ts'))
    .filter((path) => /^import (?!type)/m.test(read(path)));
  expect(loaded).toEqual([]);
});

/** The groups of nodes that reach one another, each as its sorted names (Tarjan, 1972). */
function circles(edges: readonly Import[]): string[][] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of edges) if (from !== to) next.set(from, (next.get(from) ?? new Set()).add(to));
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  function visit(node: string): void {
    index.set(node, index.size);
    low.set(node, index.get(node)!);
    stack.push(node);
    for (const to of next.get(node) ?? []) {
      if (!index.has(to)) visit(to);
      if (stack.includes(to)) low.set(node, Math.min(low.get(node)!, low.get(to)!));
    }
    if (low.get(node) !== index.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    if (group.length > 1) found.push(group.sort());
  }
  for (const node of next.keys()) if (!index.has(node)) visit(node);
  return found;
}

test('the search for circles finds one, and only that', () => {
  expect(
    circles([
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'b'],
      ['c', 'd'],
      ['a', 'd'],
    ]),
  ).toEqual([['b', 'c']]);
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

test('every package is checked against a checksum when it is installed', () => {
  const lock = JSON.parse(read('package-lock.json'));
  expect(unchecked(lock), 'mend it with: node scripts/complete-lock.js').toEqual([]);
});

test('whose something is is compared in access files, in what limits people or counts what they have, in what shares between them, and in what removes them', () => {
  const deciding =
    /\/(?:access|limits|chat-limit|send-limits|token-limit|fair-share|enqueue|merge-guest|forget-user|delete-account|leave-projects|purge-orphans|recount-storage|purge-deleted-(?:chats|messages)|preferences|project-limits|ratings)\.ts$/;
  const wrong = sources
    .filter((path) => /user_id = \$|\.userId, (?:userId|asker|principal)/.test(read(path)))
    .filter((path) => !deciding.test(path));
  expect(wrong).toEqual([]);
});
