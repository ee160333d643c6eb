/** Clients that take their time, or all the connections: what they hold is given back, and streams are not taken for them. */

import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limitConnections } from '#platform/http/limit-connections.ts';
import { guest, type Person } from './harness/accounts.ts';
import { addEndpoint } from './harness/endpoints.ts';
import { startTestParley, type TestParley, testConfig } from './harness/parley.ts';
import { connectTo, readRaw } from './harness/raw-request.ts';

const CLOCK = { requestMs: 600, requestHeadMs: 300, requestLookMs: 50, lingerMs: 400 };

let parley: TestParley;
let visitor: Person;
beforeAll(async () => {
  parley = await startTestParley({}, {}, CLOCK);
  await addEndpoint(parley.services);
  visitor = await guest(parley.url);
});
afterAll(() => parley.close());

/** Writes the pieces, a little apart, and reads until the other side closes; how long that took. */
async function dribble(pieces: string[], apartMs = 0) {
  const socket = connectTo(parley.url);
  socket.on('error', () => {});
  const startedAt = performance.now();
  const answer = text(socket);
  for (const piece of pieces) {
    if (socket.writable) socket.write(piece);
    await wait(apartMs);
  }
  return { ...readRaw(await answer), ms: performance.now() - startedAt };
}

const post = (length: number, more = '') =>
  `POST /api/auth/sign-in/email HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n${more}\r\n`;

test.concurrent('a body that does not come is given up, however slowly it is kept going', async () => {
  const [stalled, dripping] = await Promise.all([
    dribble([post(1000)]),
    dribble([post(1000), ...Array<string>(14).fill('x')], 100),
  ]);
  expect(stalled.status).toBe(408);
  expect(JSON.parse(stalled.text).error.detail).toContain('took too long');
  expect(dripping.status).toBe(408);
  expect(Math.max(stalled.ms, dripping.ms - 1_400)).toBeLessThan(3_000);
});

test.concurrent('so is a head, and a connection on which nothing is said', async () => {
  expect((await dribble(['GET / HTTP/1.1\r\n', ...Array<string>(10).fill('X-A: b\r\n')], 50)).status).toBe(
    408,
  );
  expect((await dribble([])).ms).toBeLessThan(3_000);
});

test.concurrent('a stream lives on for as long as there is something to tell', async () => {
  const stream = await visitor.fetch('/api/v1/messages', {
    method: 'POST',
    json: { chat: {}, message: { content: '/script drip=40 text="a story that takes its time to be told"' } },
    headers: { accept: 'text/event-stream' },
  });
  const told = await stream.text();
  expect(told).toContain('event: message_end');
});

test.concurrent('one address holds only so many connections, a trusted proxy as many as it likes', async () => {
  const held = async (config: Parameters<typeof testConfig>[0]) => {
    const server = createServer((_request, response) => response.end('ok'));
    limitConnections(server, testConfig({ rateLimits: true, ...config }), parley.services.log, 5);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const sockets = Array.from({ length: 8 }, () => connectTo(`http://127.0.0.1:${port}`));
    const dead = new Set<unknown>();
    for (const socket of sockets) socket.on('error', () => {}).on('close', () => dead.add(socket));
    await wait(100);
    const open = sockets.length - dead.size;
    for (const socket of sockets) socket.destroy();
    await wait(50);
    const after = await (await fetch(`http://127.0.0.1:${port}`)).text();
    server.close();
    server.closeAllConnections();
    return [open, after];
  };
  expect(await held({})).toEqual([5, 'ok']);
  expect(await held({ trustProxy: ['127.0.0.1'] })).toEqual([8, 'ok']);
  expect(await held({ trustProxy: 1 })).toEqual([8, 'ok']);
  expect(await held({ rateLimits: false })).toEqual([8, 'ok']);
});

test('a refusal before the body is there ends the connection, after the whole answer', async () => {
  const refusals: [string, number][] = [
    ['POST /api/v1/chats HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n', 401],
    ['POST /nothing HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n', 404],
    ['POST /api/v1/chats HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 100000\r\n\r\n', 421],
    [post(50_000_000_000), 413],
  ];
  const answers = await Promise.all(refusals.map(([head]) => dribble([head])));
  for (const [at, [, status]] of refusals.entries()) {
    const answer = answers[at]!;
    expect([answer.status, answer.headers.connection, JSON.parse(answer.text).error.code]).toEqual([
      status,
      'close',
      expect.any(String),
    ]);
    expect(answer.ms).toBeLessThan(550);
  }
});

test('who is still sending hears the refusal, and a connection with nothing left to read is kept', async () => {
  const large = await fetch(`${parley.url}/api/v1/chats`, { method: 'POST', body: 'x'.repeat(5_000_000) });
  expect([large.status, await large.json()]).toMatchObject([401, { error: { code: 'unauthenticated' } }]);
  const read = await visitor.fetch('/api/v1/chats', { method: 'POST', json: { title: 1 } });
  expect([read.status, read.headers.get('connection')]).toEqual([400, 'keep-alive']);
});
