/** Names that are not ours (DNS rebinding): 421, whatever is asked, and in whatever form. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestParley, type TestParley } from './harness/parley.ts';
import { sayRaw } from './harness/raw-request.ts';

let parley: TestParley;
let published: TestParley;
beforeAll(async () => {
  parley = await startTestParley({ allowedHosts: ['chat.lan'] });
  published = await startTestParley(
    {
      baseUrl: 'https://chat.example.org/parley',
      basePath: '/parley',
      trustProxy: ['127.0.0.1'],
      allowedHosts: ['inside'],
    },
    { database: parley.database },
  );
});
afterAll(async () => {
  await published.close();
  await parley.close();
});

const ask = (at: TestParley, host: string, path = '/api/v1/models', more: string[] = []) =>
  sayRaw(at.url, [`GET ${path} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...more]);
const statusOf = async (at: TestParley, host: string, more: string[] = []) =>
  (await ask(at, host, '/api/v1/models', more)).status;

test('a foreign name is told so in words that name the setting, on every route', async () => {
  const { port } = new URL(parley.url);
  for (const { method, url } of parley.parley.routes) {
    const path = url.replace(/:\w+/g, '01970000-0000-7000-8000-000000000000');
    const answer = await sayRaw(parley.url, [
      `${method} ${path} HTTP/1.1`,
      `Host: evil.example:${port}`,
      'Connection: close',
    ]);
    const anyHost = url === '/healthz' || url === '/readyz';
    expect([method, url, answer.status]).toEqual([method, url, anyHost ? 200 : 421]);
  }
  const page = JSON.parse((await ask(parley, 'evil.example', '/')).text);
  expect(page.error).toMatchObject({
    code: 'wrong_host',
    detail: expect.stringContaining('ALLOWED_HOSTS'),
    params: { host: 'evil.example' },
  });
  for (const path of ['/nothing/here', '/assets/none.js', '/%zz', '/api/v1/nothing'])
    expect([path, (await ask(parley, 'evil.example', path)).status]).toEqual([path, 421]);
});

test('below /v1 it is told as OpenAI’s clients expect it', async () => {
  for (const path of ['/v1/models', '/v1/nothing'])
    expect(JSON.parse((await ask(parley, 'evil.example', path)).text)).toEqual({
      error: expect.objectContaining({
        message: expect.stringContaining('evil.example'),
        code: 'wrong_host',
      }),
    });
});

test('a WebSocket is not opened', async () => {
  const upgrade = [
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${btoa('0'.repeat(16))}`,
  ];
  const open = (host: string, path: string) =>
    sayRaw(parley.url, [`GET ${path} HTTP/1.1`, `Host: ${host}`, 'Connection: Upgrade', ...upgrade]);
  for (const path of ['/api/v1/live', '/', '/nothing', '/%zz'])
    expect((await open('evil.example', path)).status).toBe(421);
  expect((await open('localhost', '/api/v1/live')).status).toBe(401);
});

describe('without BASE_URL', () => {
  test.each([
    'localhost',
    'LOCALHOST:3000',
    'localhost.',
    '127.0.0.1:80',
    '192.168.1.20:3000',
    '[::1]:3000',
    '[2001:DB8::1]',
    'Chat.LAN:3000',
    'chat.lan.',
  ])('%s is answered', async (host) => expect(await statusOf(parley, host)).toBe(401));

  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    'notlocalhost',
    'chat.lan.evil.example',
    'sub.chat.lan',
    'localhost:3000@evil.example',
    'evil@localhost',
    'localhost/evil.example',
    '::1',
    '[evil.example]',
    '2130706433',
    '',
    'localhost, evil.example',
    'localhost\tevil.example',
  ])('“%s” is not', async (host) => expect(await statusOf(parley, host)).toBe(421));

  test('nor is what a client says of itself without a proxy that is trusted', async () => {
    expect(await statusOf(parley, 'evil.example', ['X-Forwarded-Host: localhost'])).toBe(421);
    expect(await statusOf(parley, 'localhost', ['X-Forwarded-Host: evil.example'])).toBe(401);
  });
});

test('HTTP/1.0 without a Host, two Hosts, and a target that names another host are refused', async () => {
  const say = async (...lines: string[]) =>
    (await sayRaw(parley.url, [...lines, 'Connection: close'])).status;
  expect(await say('GET / HTTP/1.0')).toBe(421);
  expect(await say('GET /healthz HTTP/1.0')).toBe(200);
  expect(
    await say('GET /api/v1/me HTTP/1.1', 'Host: localhost', 'Host: evil.example'),
  ).toBeGreaterThanOrEqual(400);
  expect(await say('GET http://evil.example/api/v1/me HTTP/1.1', 'Host: localhost')).toBe(421);
  expect(await say('GET http://evil@localhost/api/v1/me HTTP/1.1', 'Host: localhost')).toBe(421);
  expect(await say('GET http://localhost/api/v1/me HTTP/1.1', 'Host: evil.example')).toBe(401);
  expect(await say('GET http://localhost?x HTTP/1.1', 'Host: localhost')).not.toBe(421);
});

describe('with BASE_URL', () => {
  test.each([
    'chat.example.org',
    'CHAT.example.org:443',
    'inside:3000',
    'localhost',
    '127.0.0.1',
    '0.0.0.0',
    '[::1]',
  ])('%s is answered, the last ones because they are asked from this machine', async (host) =>
    expect(await statusOf(published, host)).toBe(401),
  );
  test.each(['evil.example', '192.168.1.20', '[2001:db8::1]', 'example.org'])('%s is not', async (host) =>
    expect(await statusOf(published, host)).toBe(421),
  );

  test('the host a trusted proxy names is the one that counts', async () => {
    expect(await statusOf(published, '192.168.1.20', ['X-Forwarded-Host: chat.example.org'])).toBe(401);
    expect(await statusOf(published, 'chat.example.org', ['X-Forwarded-Host: evil.example'])).toBe(421);
  });
});
