import { expect, it } from 'vitest';
import { usualAddresses } from './usual-addresses.ts';

const HOST = 'http://127.0.0.1:11434';

it.each([
  ['', `${HOST}/v1`],
  ['/', `${HOST}/v1`],
  ['/v1/chat/completions', `${HOST}/v1`],
  ['/v1/models', `${HOST}/v1`],
  ['/api', `${HOST}/v1`],
  ['/api/chat', `${HOST}/v1`],
  ['/api', `${HOST}/api/v1`],
  ['/v1', `${HOST}/api/v1`],
  ['/gateway', `${HOST}/gateway/v1`],
  ['/gateway/v1/chat/completions', `${HOST}/gateway/v1`],
])('of %j it tries %s', (path, wanted) => {
  expect(usualAddresses(HOST + path)).toContain(wanted);
});

it.each(['', '/v1', '/a/b/c/v1/chat/completions', '//evil.example/v1', '/api/chat', '/@evil.example'])(
  'what it tries of %j begins as given, stays at that server, repeats nothing and is short',
  (path) => {
    const tried = usualAddresses(HOST + path);
    expect(tried[0]).toBe(HOST + path);
    expect(new Set(tried).size).toBe(tried.length);
    expect(tried.length).toBeLessThanOrEqual(6);
    expect([...new Set(tried.map((address) => new URL(address).origin))]).toEqual([HOST]);
  },
);
