/** What a browser has to fetch before it can show the page. */
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rollup } from 'vite';
import { beforeAll, expect, it, vi } from 'vitest';

const CONFIG = fileURLToPath(new URL('../vite.config.ts', import.meta.url));
const KB = 1000;
/** The least that is promised; 120 kB is what we aim at. */
const MOST_SCRIPT_BYTES = 160 * KB;
const MOST_STYLE_BYTES = 20 * KB;

let files: Rollup.RollupOutput['output'];

beforeAll(async () => {
  // The test runner's own value would bundle React with its checks for developers.
  vi.stubEnv('NODE_ENV', 'production');
  const built = await build({ configFile: CONFIG, logLevel: 'error', build: { write: false } });
  files = (built as Rollup.RollupOutput).output;
  vi.unstubAllEnvs();
}, 180_000);

const gzipped = (text: string | Uint8Array) => gzipSync(text).length;

it('the scripts of the first load stay under 160 kB, compressed', () => {
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
  const bytes = [...first].reduce((sum, name) => sum + gzipped(chunks.get(name)!.code), 0);
  console.info(`first load: ${first.size} scripts, ${(bytes / KB).toFixed(1)} kB gzip`);
  expect(first.size).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(MOST_SCRIPT_BYTES);
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
