import { expect, test } from 'vitest';
import type { TrustedProxies } from '#config';
import { REAL_CLOCK } from '#platform/clock.ts';
import { testConfig } from '#test/harness/parley.ts';
import { createHttpServer } from './server.ts';

/** Who a request is from, when `peer` connects and hands this list over. */
async function clientOf(trustProxy: TrustedProxies, peer: string, forwardedFor: string | undefined) {
  const app = createHttpServer({ clock: REAL_CLOCK, config: testConfig({ trustProxy }) } as never);
  app.get('/', { config: { access: 'public' } }, async ({ ip }) => ip);
  const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor };
  return (await app.inject({ url: '/', headers, remoteAddress: peer })).body;
}

const HERE = ['127.0.0.0/8', '::1'];

test.each<[TrustedProxies, string, string | undefined, string]>([
  // Nobody is believed.
  [false, '127.0.0.1', '203.0.113.7', '127.0.0.1'],
  // A proxy on this machine is; what came before what it wrote is the client's own invention.
  [HERE, '127.0.0.1', '203.0.113.7', '203.0.113.7'],
  [HERE, '::ffff:127.0.0.1', '198.51.100.1, 203.0.113.7', '203.0.113.7'],
  [HERE, '127.0.0.1', undefined, '127.0.0.1'],
  // Private networks are not, neither those that connect nor those that are named.
  [HERE, '192.168.1.5', '203.0.113.7', '192.168.1.5'],
  [HERE, '127.0.0.1', '203.0.113.7, 192.168.1.5', '192.168.1.5'],
  // Addresses and networks that are listed.
  [['10.0.0.0/8', '2001:db8::/32'], '10.1.2.3', '203.0.113.7, 2001:db8::5', '203.0.113.7'],
  [['10.0.0.2'], '10.0.0.3', '203.0.113.7', '10.0.0.3'],
  // So many hops.
  [1, '198.51.100.1', '192.0.2.1, 203.0.113.7', '203.0.113.7'],
  [2, '198.51.100.1', '192.0.2.1, 203.0.113.7', '192.0.2.1'],
  // Behind what is no address nobody can look.
  [HERE, '127.0.0.1', 'unknown', '127.0.0.1'],
  [HERE, '127.0.0.1', '203.0.113.7, unknown', '127.0.0.1'],
  [['127.0.0.1', '10.0.0.0/8'], '127.0.0.1', '203.0.113.7, _hidden, 10.0.0.2', '10.0.0.2'],
  [2, '198.51.100.1', '203.0.113.7, , 10.0.0.2', '10.0.0.2'],
])('trusting %j, %s with “%s” is %s', async (trusted, peer, forwardedFor, client) =>
  expect(await clientOf(trusted, peer, forwardedFor)).toBe(client),
);
