/** What a cache may keep: the files that are the same for everybody, and nothing of anybody's own. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cookieOf, guest, type Person, signUp } from '#test/harness/accounts.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { BODIES, FIXTURES } from '#test/harness/route-fixtures.ts';

const DOCUMENTS = ['/api/docs', '/api/docs/start.js', '/api/docs/scalar.js', '/api/v1/openapi.json'];

let parley: TestParley;
let owner: Person;
beforeAll(async () => {
  parley = await startTestParley();
  await addEndpoint(parley.services);
  owner = await signUp(parley.url);
});
afterAll(() => parley.close());

const isPersonal = (url: string) => /^\/(api|v1)\//.test(url) && !DOCUMENTS.includes(url);
const cacheControl = (response: Response) => response.headers.get('cache-control');

test('every answer of the API, to whomever, is private and kept nowhere', async () => {
  const routes = parley.parley.routes.filter(
    ({ url, method, websocket }) => !websocket && isPersonal(url) && method !== 'HEAD',
  );
  expect(routes.length).toBeGreaterThan(30);
  const kept: string[] = [];
  for (const { method, url } of routes) {
    let path = url;
    for (const name of url.match(/:\w+/g) ?? [])
      path = path.replace(
        name,
        (await (FIXTURES[`${url} ${name}`] ?? FIXTURES[name])?.(
          parley.database.db.$client,
          owner.userId,
          parley.services.blobs,
        )) ?? 'x',
      );
    const hasBody = method !== 'GET' && method !== 'DELETE';
    // Signing out last would be too early: the owner asks on.
    const as = url.startsWith('/api/auth/') ? await guest(parley.url) : owner;
    for (const asker of [fetch, as.fetch] as const) {
      const json = hasBody ? (BODIES[`${method} ${url}`] ?? {}) : undefined;
      const response = await (asker === fetch
        ? fetch(parley.url + path, {
            method,
            ...(hasBody && { body: '{}', headers: { 'content-type': 'application/json' } }),
          })
        : as.fetch(path, { method, ...(hasBody && { json }), signal: AbortSignal.timeout(20_000) }));
      await response.body?.cancel();
      if (!cacheControl(response)?.startsWith('private, no-store'))
        kept.push(`${method} ${url} ${response.status}`);
    }
  }
  expect(kept).toEqual([]);
});

test('so are streams, unknown addresses, and what cannot be read', async () => {
  const stream = await owner.fetch('/api/v1/messages', {
    method: 'POST',
    json: BODIES['POST /api/v1/messages'],
    headers: { accept: 'text/event-stream' },
  });
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  expect(cacheControl(stream)).toBe('private, no-store, no-transform');
  await stream.body?.cancel();
  for (const path of ['/api/v1/nothing', '/v1/nothing', '/api/%zz'])
    expect(cacheControl(await fetch(parley.url + path))).toBe('private, no-store');
});

test('the documents about the API may be kept, and are not sent to who has them', async () => {
  for (const path of DOCUMENTS) {
    const first = await fetch(parley.url + path);
    expect([path, first.status, cacheControl(first)]).toEqual([path, 200, 'public, no-cache']);
    await first.arrayBuffer();
    const again = await fetch(parley.url + path, {
      headers: { 'if-none-match': first.headers.get('etag')! },
    });
    expect([path, again.status, await again.text()]).toEqual([path, 304, '']);
  }
});

test('the reference’s script is unpacked once, however it is asked for', async () => {
  const plain = await fetch(`${parley.url}/api/docs/scalar.js`, {
    headers: { 'accept-encoding': 'identity' },
  });
  const packed = await fetch(`${parley.url}/api/docs/scalar.js`, { headers: { 'accept-encoding': 'gzip' } });
  expect([plain.headers.get('content-encoding'), packed.headers.get('content-encoding')]).toEqual([
    null,
    'gzip',
  ]);
  expect(await packed.text()).toBe(await plain.text());
  const startedAt = performance.now();
  const again = () =>
    fetch(`${parley.url}/api/docs/scalar.js`, { headers: { 'accept-encoding': 'identity' }, method: 'HEAD' });
  await Promise.all(Array.from({ length: 50 }, again));
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});

test('the cookie comes with the page alone, and not with a file that is asked for like one', async () => {
  const visitor = await guest(parley.url);
  const accept = { accept: 'text/html,*/*' };
  const page = await visitor.fetch('/', { headers: accept });
  expect([cookieOf(page), cacheControl(page)]).toEqual([visitor.cookie, 'private, no-cache']);
  const [script] = /assets\/[\w.-]+\.js/.exec(await page.text())!;
  const file = await visitor.fetch(`/${script}`, { headers: accept });
  expect(cacheControl(file)).toContain('immutable');
  for (const path of [`/${script}`, '/nothing.js', '/api/v1/me', '/assets/none.js'])
    expect(
      (await visitor.fetch(path, { headers: path === '/nothing.js' ? {} : accept })).headers.getSetCookie(),
    ).toEqual([]);
});
