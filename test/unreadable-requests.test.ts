/** What cannot be parsed as a request is answered as every other error is: one shape, in words. */
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestParley, type TestParley } from './harness/parley.ts';

let parley: TestParley;
beforeAll(async () => {
  parley = await startTestParley();
});
afterAll(() => parley.close());

/** Writes these bytes on a connection of its own and reads what comes back until it is closed. */
async function say(bytes: string): Promise<{ status: number; body: unknown }> {
  const { hostname, port } = new URL(parley.url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  const answer = await text(socket);
  const [head, body] = answer.split('\r\n\r\n', 2) as [string, string];
  expect(head).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
  return { status: Number(head.split(' ')[1]), body: JSON.parse(body) };
}

test('bytes that are no request are answered 400, and the next caller is served', async () => {
  expect(await say('what is this?\r\n\r\n')).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid_input', detail: expect.stringContaining('not a request') } },
  });
  expect((await fetch(`${parley.url}/healthz`)).status).toBe(200);
});

test('headers without end are answered 431', async () => {
  expect(await say(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n`)).toMatchObject({
    status: 431,
    body: { error: { code: 'too_large', detail: expect.stringContaining('too long') } },
  });
});
