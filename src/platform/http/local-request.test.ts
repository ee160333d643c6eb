import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { isLocalRequest, isLoopbackHost } from './local-request.ts';

type Given = { from?: string; host?: string | undefined; version?: string; headers?: Record<string, string> };

const isLocal = ({ from = '127.0.0.1', host = '127.0.0.1:3000', version = '1.1', headers }: Given) =>
  isLocalRequest({
    raw: {
      socket: { remoteAddress: from },
      httpVersion: version,
      headers: { host, ...headers },
    } as unknown as IncomingMessage,
  });

test.each<Given>([
  {},
  { from: '127.8.9.10', host: '127.8.9.10' },
  { from: '::1', host: '[::1]:3000' },
  { from: '::ffff:127.0.0.1', host: 'LocalHost:3000' },
])('is local: %j', (given) => {
  expect(isLocal(given)).toBe(true);
});

test.each<Given>([
  { from: '192.168.1.7' },
  { from: '::ffff:10.0.0.1' },
  { from: '' },
  { host: 'evil.example' },
  { host: 'localhost.evil.example' },
  { host: '127.0.0.1.evil.example' },
  { host: 'x@127.0.0.1' },
  { host: '' },
  { version: '1.0' },
  ...['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'].map(
    (name) => ({ headers: { [name]: '127.0.0.1' } }),
  ),
])('is not: %j', (given) => {
  expect(isLocal(given)).toBe(false);
});

test('HOST is loopback where other machines cannot reach it', () => {
  expect(['127.0.0.1', 'localhost', '::1', '127.1.1.1'].every(isLoopbackHost)).toBe(true);
  expect(['0.0.0.0', '::', '192.168.1.7', 'parley.example'].some(isLoopbackHost)).toBe(false);
});
