import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { admin, guest, type Person } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';

let parley: TestParley;
let owner: Person;
beforeAll(async () => {
  parley = await startTestParley({
    baseUrl: 'https://chat.example.org/parley',
    basePath: '/parley',
    trustProxy: ['127.0.0.1'],
  });
  owner = await admin(parley.url);
});
afterAll(() => parley.close());

/** What the cookie holds, under whatever name. */
const sessionOf = ({ cookie }: Person) => cookie.slice(cookie.indexOf('=') + 1);

const rename = (headers: Record<string, string>) =>
  owner.fetch('/api/v1/me', { method: 'PATCH', json: { name: 'Ada' }, headers });

test('a change asked for by another site’s page is refused, whatever the origin looks like', async () => {
  const port = new URL(parley.url).port;
  for (const origin of [
    'https://elsewhere.example',
    'null',
    'nonsense',
    'https://chat.example.org.elsewhere.example',
    `http://127.0.0.1:${Number(port) + 1}`,
    'http://127.0.0.1',
  ]) {
    const response = await rename({ origin });
    expect(response.status, origin).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: 'forbidden_origin' } });
  }
});

test('with a public address, its own page may, and no other, at whatever host it was asked', async () => {
  expect((await rename({})).status).toBe(200);
  expect((await rename({ origin: 'https://chat.example.org' })).status).toBe(200);
  for (const origin of [parley.url, 'http://chat.example.org', 'https://chat.example.org:8443'])
    expect((await rename({ origin })).status, origin).toBe(403);
  const elsewhere = { origin: 'https://other.example', 'x-forwarded-host': 'other.example' };
  expect((await rename(elsewhere)).status).toBe(421);
});

test('without one, the page may at the host it was asked at', async () => {
  const plain = await startTestParley(
    {},
    { database: parley.database, dataDir: parley.services.config.dataDir },
  );
  onTestFinished(() => plain.close());
  const change = (origin: string) =>
    fetch(`${plain.url}/api/v1/me`, {
      method: 'PATCH',
      headers: {
        cookie: `parley.session_token=${sessionOf(owner)}`,
        origin,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ name: 'Ada' }),
    });
  expect((await change(plain.url)).status).toBe(200);
  expect((await change('https://chat.example.org')).status).toBe(403);
});

test('reading is not changing', async () => {
  expect((await owner.fetch('/api/v1/me', { headers: { origin: 'https://elsewhere.example' } })).status).toBe(
    200,
  );
});

test('a WebSocket opened by another site’s page is refused, that of our own is let in', async () => {
  const upgrade = (origin: string) =>
    new Promise<number>((resolve, reject) => {
      const socket = new WebSocket(`${parley.url.replace('http', 'ws')}/api/v1/live`, {
        headers: { cookie: owner.cookie },
        origin,
      });
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('open', () => {
        socket.close();
        resolve(101);
      });
      socket.on('error', reject);
    });
  expect(await upgrade('https://elsewhere.example')).toBe(403);
  expect(await upgrade('null')).toBe(403);
  expect(await upgrade('https://chat.example.org')).toBe(101);
  expect(await upgrade(parley.url)).toBe(403);
});

test('nor can another site’s page sign anybody in or out', async () => {
  for (const path of ['sign-out', 'sign-in/anonymous', 'sign-in/email', 'sign-up/email']) {
    const response = await owner.fetch(`/api/auth/${path}`, {
      method: 'POST',
      json: {},
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(response.status, path).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'FORBIDDEN_ORIGIN' });
  }
  expect((await owner.fetch('/api/v1/me')).status).toBe(200);
});

test('behind https under a path the cookie is Secure, says so by its name, and stays under that path', async () => {
  const response = await fetch(`${parley.url}/parley/api/auth/sign-in/anonymous`, { method: 'POST' });
  const [cookie, old] = response.headers.getSetCookie();
  expect(cookie).toMatch(/^__Secure-parley\.session_token=[^;]+; .*Path=\/parley; .*; Secure$/);
  expect(old).toMatch(/^parley\.session_token=; Max-Age=0; Path=\/parley; /);
});

test('behind https the cookie belongs to this host alone; one from before counts until the page is loaded', async () => {
  const secure = await startTestParley(
    { baseUrl: 'https://chat.example.org' },
    { database: parley.database, dataDir: parley.services.config.dataDir },
  );
  onTestFinished(() => secure.close());
  const headers = { host: 'chat.example.org', accept: 'text/html' };
  const value = sessionOf(await guest(secure.url));
  const nameOf = (name: string) => `${name}=${value}`;
  const page = await fetch(secure.url, { headers: { ...headers, cookie: nameOf('parley.session_token') } });
  const [cookie, old] = page.headers.getSetCookie();
  expect(cookie).toBe(
    `__Host-parley.session_token=${value}; Max-Age=34560000; Path=/; HttpOnly; SameSite=Lax; Secure`,
  );
  expect(old).toMatch(/^parley\.session_token=; Max-Age=0; Path=\/; /);
  const me = async (cookie: string) =>
    (await fetch(`${secure.url}/api/v1/me`, { headers: { cookie } })).status;
  expect(await me(nameOf('parley.session_token'))).toBe(200);
  expect(await me(nameOf('__Host-parley.session_token'))).toBe(200);
  // Planted by another program of the host or domain: it counts for nothing beside the one nobody else can set.
  const planted = `parley.session_token=planted.by-somebody; ${nameOf('__Host-parley.session_token')}`;
  expect(await me(planted)).toBe(200);
  expect(await me(nameOf('__Secure-parley.session_token'))).toBe(401);
  const out = await fetch(`${secure.url}/api/auth/sign-out`, {
    method: 'POST',
    headers: { cookie: nameOf('__Host-parley.session_token') },
  });
  expect(out.headers.getSetCookie()[0]).toMatch(/^__Host-parley\.session_token=; Max-Age=0; /);
});

test('the base path may be left in the address or taken away by the proxy', async () => {
  expect((await owner.fetch('/parley/api/v1/me')).status).toBe(200);
  expect((await fetch(`${parley.url}/parley/healthz`)).status).toBe(200);
  expect((await fetch(`${parley.url}/parleyhealthz`)).status).not.toBe(200);
});
