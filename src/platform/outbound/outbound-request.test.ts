import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BLOCKED_ADDRESS, guardedLookup, isBlockedAddress } from './blocked-addresses.ts';
import type { OutboundFault } from './outbound-fault.ts';
import { type OutboundResponse, sendOutbound } from './outbound-request.ts';

async function listen(server: Server): Promise<URL> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}
const serve = (handler: RequestListener) => listen(createServer(handler));
const serveBytes = (bytes: string) =>
  listen(
    createTcpServer((socket) => void socket.on('error', () => {}).once('data', () => socket.end(bytes))),
  );

const get = (url: URL | string, signal = new AbortController().signal, connectTimeoutMs?: number) =>
  sendOutbound({
    url: new URL(url),
    method: 'GET',
    headers: {},
    signal,
    ...(connectTimeoutMs && { connectTimeoutMs }),
  });
const faultOf = (pending: Promise<unknown>) =>
  pending.then(
    () => 'no fault',
    (error: OutboundFault) => error.kind,
  );

describe('addresses', () => {
  test.each([
    '169.254.169.254',
    '169.254.0.1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    'fd00:ec2::254',
    'fe80::1',
    '64:ff9b::a9fe:a9fe',
    '2002:a9fe:a9fe::',
    '100.100.100.200',
    '192.0.0.192',
    '168.63.129.16',
    // Of clouds, in IPv6.
    'fd00:ec2::23',
    'fd00:ec2:ffff::1',
    'fd20:ce::254',
    'fd00:c1::a9fe:a9fe',
    'fd00:42::42',
    'fe80::a9fe:a9fe%eth0',
    // Carried by an IPv6 address, in every way of the IANA special-purpose registry.
    '::169.254.169.254',
    '::ffff:0:169.254.169.254',
    '64:ff9b::100.100.100.200',
    '64:ff9b:1::a9fe:a9fe',
    '64:ff9b:1:a9fe:a9:fe00::',
    '64:ff9b:1:ffff:a9fe:a9fe::',
    '2002:a9fe:a9fe::1',
    '2001:0:a9fe:a9fe::1',
    '2001:0:808:808:0:0:5601:5601',
    '2001:db8::5efe:169.254.169.254',
    'fd00::200:5efe:a9fe:a9fe',
    '2002:c000:c0::',
    // No address of a machine.
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::ffff:255.255.255.255',
    'ff02::1',
    '100::1',
  ])('%s is blocked', (address) => expect(isBlockedAddress(address)).toBe(true));
  test.each([
    ...['127.0.0.1', '::1', '::', '0.0.0.0', '10.0.0.7', '192.168.1.5', '100.64.0.1', '198.18.0.1'],
    ...[
      'fd00::1',
      'fd12:3456:789a::1',
      '::ffff:192.168.1.5',
      '64:ff9b::808:808',
      '2001:db8::1',
      '8.8.8.8',
      'name',
    ],
  ])('%s is not', (address) => expect(isBlockedAddress(address)).toBe(false));

  test.each([
    'http://169.254.169.254/',
    'http://2852039166/',
    'http://0xa9fea9fe/',
    'http://0251.0376.0251.0376/',
    'http://[::ffff:169.254.169.254]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
  ])('%s is never connected to', async (url) => expect(await faultOf(get(url))).toBe('blocked'));
});

test('a name is judged by the addresses it leads to', async () => {
  const lookUp = (name: string, all: boolean) =>
    new Promise((resolve) => guardedLookup(name, { all }, (error, found) => resolve(error?.code ?? found)));
  // The resolver reads numbers of any base, as it reads names; nothing is asked of a network.
  for (const all of [true, false]) expect(await lookUp('0xa9fea9fe', all)).toBe(BLOCKED_ADDRESS);
  expect(await lookUp('0x7f000001', false)).toBe('127.0.0.1');
});

test('a redirect is an answer, not a way', async () => {
  let asked = 0;
  const target = await serve((_request, response) => {
    asked += 1;
    response.end();
  });
  const url = await serve((_request, response) => response.writeHead(302, { location: target.href }).end());
  const response = await get(url);
  expect(response.status).toBe(302);
  expect(response.headers.location).toBe(target.href);
  expect(asked).toBe(0);
});

test('refused, unknown name and no TLS are told apart', async () => {
  expect(await faultOf(get('http://127.0.0.1:1/'))).toBe('refused');
  expect(await faultOf(get('http://no-such-host.invalid/'))).toBe('dns');
  const url = await serve((_request, response) => response.end());
  expect(await faultOf(get(url.href.replace('http:', 'https:')))).toBe('tls');
});

test('a TLS handshake that never ends is a timeout', async () => {
  const url = await listen(createTcpServer(() => {}));
  expect(await faultOf(get(url.href.replace('http:', 'https:'), undefined, 100))).toBe('timeout');
});

test('what is not HTTP, and headers beyond the cap, are garbage', async () => {
  expect(await faultOf(get(await serveBytes('SSH-2.0-OpenSSH_9\r\n')))).toBe('garbage');
  expect(await faultOf(get(await serveBytes(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`)))).toBe(
    'garbage',
  );
});

test('a connection that ends before the answer, or within it, is broken', async () => {
  expect(await faultOf(get(await serveBytes('')))).toBe('broken');
  const short = await get(await serveBytes('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc'));
  const read: string[] = [];
  expect(await faultOf(short.read((chunk) => void read.push(chunk.toString())))).toBe('broken');
  expect(read.join('')).toBe('abc');
});

test('a body is read no further than its cap', async () => {
  const url = await serve((_request, response) => {
    const more = () => {
      while (response.write('x'.repeat(10_000)));
      response.once('drain', more);
    };
    more();
  });
  const response = await get(url);
  expect(await response.text(25_000)).toHaveLength(25_000);
});

test('an abort before, while waiting and while reading closes the socket at once', async () => {
  expect(await faultOf(get('http://127.0.0.1:1/', AbortSignal.abort()))).toBe('aborted');
  for (const answers of [false, true]) {
    let closed: () => void;
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const asked = Promise.withResolvers<void>();
    const url = await serve((request, response) => {
      request.socket.once('close', () => closed());
      if (answers) response.write('x');
      asked.resolve();
    });
    const stop = new AbortController();
    const run = async () => (await get(url, stop.signal)).read(() => undefined);
    const fault = faultOf(run());
    await asked.promise;
    await new Promise((resolve) => setTimeout(resolve, 30));
    const stoppedAt = performance.now();
    stop.abort();
    expect(await fault).toBe('aborted');
    await isClosed;
    expect(performance.now() - stoppedAt).toBeLessThan(100);
  }
});

test('an error thrown by the reader comes back and closes the connection', async () => {
  const closed = Promise.withResolvers<void>();
  const url = await serve((request, response) => {
    request.socket.once('close', () => closed.resolve());
    response.write('x');
  });
  const response: OutboundResponse = await get(url);
  const reading = response.read(() => {
    throw new Error('enough');
  });
  await expect(reading).rejects.toThrow('enough');
  await closed.promise;
});
