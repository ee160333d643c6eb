import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, type Person } from '#test/harness/accounts.ts';
import { createTestDatabase } from '#test/harness/database.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';

let parley: TestParley;
let owner: Person;
let wire: Awaited<ReturnType<typeof startWire>>;
beforeAll(async () => {
  const database = await createTestDatabase();
  wire = await startWire(database.url.url);
  parley = await startTestParley({}, { database: { ...database, url: { url: wire.url } } });
  owner = await admin(parley.url);
});
afterAll(async () => {
  await wire.mend();
  await parley.close();
  await wire.close();
});

/** Between Parley and its database, to be cut. */
async function startWire(databaseUrl: string) {
  const target = new URL(databaseUrl);
  /** Of the server's unix socket; null where it listens on TCP. */
  const folder = target.searchParams.get('host');
  const open = new Set<Socket>();
  let server: Server | undefined;
  const listen = (port: number) =>
    new Promise<number>((resolve) => {
      server = createServer((socket) => {
        const onward = folder
          ? connect(`${folder}/.s.PGSQL.${target.port || 5432}`)
          : connect(Number(target.port || 5432), target.hostname);
        for (const one of [socket, onward]) {
          open.add(one);
          one.on('error', () => {}).on('close', () => open.delete(one));
        }
        socket.pipe(onward).pipe(socket);
      }).listen(port, '127.0.0.1', () => resolve((server!.address() as AddressInfo).port));
    });
  const port = await listen(0);
  const url = new URL(databaseUrl);
  url.searchParams.delete('host');
  url.host = `127.0.0.1:${port}`;
  const cut = () =>
    new Promise<void>((resolve) => {
      if (!server?.listening) return resolve();
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
  return {
    url: url.href,
    cut,
    mend: async () => {
      if (!server?.listening) await listen(port);
    },
    close: cut,
  };
}

const get = async (path: string) => {
  const response = await fetch(parley.url + path);
  return { status: response.status, body: await response.json(), headers: response.headers };
};

test('a healthy process says so, part by part', async () => {
  expect(await get('/healthz')).toMatchObject({ status: 200, body: { ok: true } });
  const { status, body } = await get('/readyz');
  expect(status).toBe(200);
  expect(body).toMatchObject({ ready: true, parts: { database: 'ok', migrations: 'ok' } });
});

test('without its database it lives, is not ready, answers 503 in words, and recovers by itself', async () => {
  await wire.cut();
  expect(await get('/healthz')).toMatchObject({ status: 200 });
  const { status, body } = await get('/readyz');
  expect(status).toBe(503);
  expect(body.ready).toBe(false);
  expect(body.parts.database).not.toBe('ok');
  const refused = await owner.fetch('/api/v1/chats', { method: 'POST', json: { title: 'Lost?' } });
  expect(refused.status).toBe(503);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({ error: { code: 'unavailable' } });
  const signIn = await owner.fetch('/api/auth/sign-in/email', {
    method: 'POST',
    json: { email: owner.email, password: 'x' },
  });
  expect(signIn.status).toBe(503);

  await wire.mend();
  await expect.poll(async () => (await get('/readyz')).status, { timeout: 30_000 }).toBe(200);
  expect((await owner.fetch('/api/v1/me')).status).toBe(200);
});

test('every answer tells browsers to trust nothing from elsewhere', async () => {
  for (const path of ['/healthz', '/api/v1/me', '/no-such-thing']) {
    const { headers } = await fetch(parley.url + path);
    const policy = headers.get('content-security-policy');
    expect(policy, path).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  }
});
