/** What a browser has to fetch before it can show the page. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rollup } from 'vite';
import { beforeAll, expect, it, vi } from 'vitest';

const CONFIG = fileURLToPath(new URL('../vite.config.ts', import.meta.url));
const KB = 1000;
/** Measured: what the first load weighs today. A new wing of the product may add at most 2 kB; what it adds is written here. */
const SCRIPT_BYTES = 132_400;
const MOST_SCRIPT_BYTES = SCRIPT_BYTES + 2 * KB;
const MOST_STYLE_BYTES = 20 * KB;

let files: Rollup.RollupOutput['output'];

beforeAll(async () => {
  // The test runner's own value would bundle React with its checks for developers.
  vi.stubEnv('NODE_ENV', 'production');
  const built = await build({ configFile: CONFIG, logLevel: 'error', build: { write: false } });
  files = (built as Rollup.RollupOutput).output;
  vi.unstubAllEnvs();
}, 180_000);

/** The files of the scripts that the page imports before it runs: the entry and what hangs on it without being asked for. */
function firstLoad(): Set<string> {
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
  for (const chunk of chunks.values()) if (chunk.isEntry) add(chunk.fileName);
  return first;
}

const gzipped = (text: string | Uint8Array) => gzipSync(text).length;

it('the scripts of the first load are at most 2 kB above what they were, compressed', () => {
  const first = firstLoad();
  const bytes = files
    .filter((file) => file.type === 'chunk')
    .filter((chunk) => first.has(chunk.fileName))
    .reduce((sum, chunk) => sum + gzipped(chunk.code), 0);
  console.info(`first load: ${first.size} scripts, ${(bytes / KB).toFixed(1)} kB gzip`);
  expect(first.size).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(MOST_SCRIPT_BYTES);
});

it('pages, windows and panels are fetched when they are shown', () => {
  const features = fileURLToPath(new URL('../src/features/', import.meta.url));
  const parts = readdirSync(features).flatMap((feature) => {
    const path = `${features}${feature}/pages.ts`;
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return [...text.matchAll(/import\('\.(\/web\/[^']+\.tsx)'\)/g)].map((match) => `${feature}${match[1]}`);
  });
  expect(parts.length).toBeGreaterThan(8);
  const first = firstLoad();
  const loaded = files
    .filter((file) => file.type === 'chunk' && first.has(file.fileName))
    .flatMap((chunk) => (chunk.type === 'chunk' ? Object.keys(chunk.modules) : []));
  expect(loaded.length).toBeGreaterThan(100);
  expect(parts.filter((part) => loaded.some((id) => id.endsWith(`/features/${part}`)))).toEqual([]);
});

it('words that only later parts use are not in the first load, and the first Russian ones are one file', () => {
  const chunks = files.filter((file) => file.type === 'chunk');
  const holding = (words: string) =>
    chunks.filter((chunk) => Object.keys(chunk.modules).some((id) => id.endsWith(words)));
  const first = firstLoad();
  for (const feature of ['accounts', 'chats', 'endpoints', 'usage', 'ops', 'gateway', 'projects']) {
    const [later, ...more] = holding(`/features/${feature}/web/words/en.json`);
    expect([feature, more.length, first.has(later!.fileName)]).toEqual([feature, 0, false]);
  }
  expect(holding('/web/words/first.en.json').every((chunk) => first.has(chunk.fileName))).toBe(true);
  const russian = holding('/words/first.ru.json');
  expect(russian).toHaveLength(1);
  expect(first.has(russian[0]!.fileName)).toBe(false);
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
