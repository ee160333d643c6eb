import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Config } from '#config';
import type { App } from './app.ts';
import { serveWebPage } from './web-page.ts';

let folder: string;
let app: App;
const SCRIPT = 'console.log("a script");'.repeat(50);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-web-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><html><head><title>Parley</title></head></html>',
  );
  await writeFile(join(folder, 'assets', 'index-1a2b.js'), SCRIPT);
  app = serve({ basePath: '' });
});
afterAll(() => rm(folder, { recursive: true }));

function serve(config: Pick<Config, 'basePath'>): App {
  const made = Fastify() as unknown as App;
  serveWebPage(made, config as Config, folder);
  return made;
}
const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
const PERSON = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

test('the page is served at the root and at its own addresses, always fresh', async () => {
  for (const answer of [
    await get('/'),
    await get('/chats/0199', PERSON),
    await get('/admin/users', PERSON),
  ]) {
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('private, no-cache');
    expect(answer.body).toContain('<head><base href="/">');
  }
});

test('what programs look for and is not there is 404, never the page', async () => {
  for (const url of ['/api/v1/nothing', '/v1/nothing', '/api', '/metrics'])
    expect((await get(url, PERSON)).statusCode, url).toBe(404);
  expect((await get('/assets/old-9z.js', { accept: '*/*' })).statusCode).toBe(404);
});

test('hashed files are kept for good and come compressed as asked', async () => {
  const plain = await get('/assets/index-1a2b.js');
  expect(plain.body).toBe(SCRIPT);
  expect(plain.headers['cache-control']).toContain('immutable');
  const brotli = await get('/assets/index-1a2b.js', { 'accept-encoding': 'gzip, deflate, br' });
  expect(brotli.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(SCRIPT);
  const gzip = await get('/assets/index-1a2b.js', { 'accept-encoding': 'gzip, br;q=0' });
  expect(gunzipSync(gzip.rawPayload).toString()).toBe(SCRIPT);
});

test('a file that did not change is not sent again', async () => {
  const { etag } = (await get('/')).headers;
  const again = await get('/', { 'if-none-match': String(etag) });
  expect(again.statusCode).toBe(304);
  expect(again.body).toBe('');
});

test('no path leads out of the folder', async () => {
  for (const url of [
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/assets/..%5c..%5cpackage.json',
    '//etc/passwd',
    '/%00',
  ])
    expect((await get(url)).statusCode, url).toBe(404);
});

test('under a base path the page knows where its files are', async () => {
  const answer = await serve({ basePath: '/parley' }).inject({ url: '/chats/1', headers: PERSON });
  expect(answer.body).toContain('<base href="/parley/">');
});
