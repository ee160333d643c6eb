import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { rememberDiscovery } from './discover.ts';

afterEach(() => vi.restoreAllMocks());

/** A provider's two documents, which a test may change, and how often each was asked for. */
async function serve() {
  const served = { issuer: '', keys: [] as object[], more: {} as object, asked: [] as string[], answer: '' };
  const server = createServer((request, response) => {
    served.asked.push(request.url!);
    if (served.answer) return response.end(served.answer);
    const { issuer } = served;
    const description = {
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      ...served.more,
    };
    response.end(JSON.stringify(request.url === '/jwks' ? { keys: served.keys } : description));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  served.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return served;
}

async function makeKey(kid: string) {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const sign = () => new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey);
  return { jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' }, sign };
}

/** Moves the clock that things are believed by. */
function later(seconds: number): void {
  const now = performance.now() + seconds * 1000;
  vi.spyOn(performance, 'now').mockReturnValue(now);
}

test('it is asked once for all who come at the same time, and again when ten minutes have gone by', async () => {
  const served = await serve();
  const discover = rememberDiscovery(`${served.issuer}/`);
  await Promise.all([discover(), discover(), discover()]);
  await discover();
  expect(served.asked).toEqual(['/.well-known/openid-configuration']);
  later(601);
  await discover();
  expect(served.asked).toHaveLength(2);
});

test('a key that is new over there is found, while forged tokens have it asked for once in ten seconds', async () => {
  const served = await serve();
  const [first, second] = [await makeKey('first'), await makeKey('second')];
  served.keys = [first.jwk];
  const { keys } = await rememberDiscovery(served.issuer)();
  await jwtVerify(await first.sign(), keys);
  served.keys = [first.jwk, second.jwk];
  const token = await second.sign();
  for (let tries = 0; tries < 5; tries++) await expect(jwtVerify(token, keys)).rejects.toThrow();
  expect(served.asked.filter((path) => path === '/jwks')).toHaveLength(1);
  later(11);
  await jwtVerify(token, keys);
  expect(served.asked.filter((path) => path === '/jwks')).toHaveLength(2);
});

test('what is no description, is too long, or never ends is a provider that is away; the next one who asks is answered', async () => {
  const served = await serve();
  const discover = rememberDiscovery(served.issuer);
  for (const answer of [
    'not JSON',
    '[]',
    '{}',
    '"text"',
    '['.repeat(200),
    `{"issuer":"${'x'.repeat(300_000)}"}`,
  ]) {
    served.answer = answer;
    await expect(discover()).rejects.toMatchObject({ reason: 'provider_down' });
  }
  served.answer = '';
  expect((await discover()).description.issuer).toBe(served.issuer);
});

test.each(['file:///etc/passwd', 'ftp://127.0.0.1/', 'javascript:alert(1)', 'no address'])(
  'an endpoint at %s is none',
  async (endpoint) => {
    const served = await serve();
    served.more = { token_endpoint: endpoint };
    await expect(rememberDiscovery(served.issuer)()).rejects.toMatchObject({ reason: 'provider_down' });
  },
);

test('metadata services of clouds are not asked', async () => {
  const discover = rememberDiscovery('http://169.254.169.254');
  await expect(discover()).rejects.toMatchObject({ reason: 'provider_down' });
});
