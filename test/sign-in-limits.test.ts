import { afterAll, beforeAll, expect, test } from 'vitest';
import { admin, type Person } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';

let parley: TestParley;
let owner: Person;
beforeAll(async () => {
  parley = await startTestParley({ rateLimits: true, trustProxy: true });
  owner = await admin(parley.url);
});
afterAll(() => parley.close());

/** Every test comes from its own network, as through a proxy. */
const ask = (path: string, body: unknown, address: string) =>
  fetch(`${parley.url}/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify(body),
  });

async function statuses(count: number, once: (index: number) => Promise<Response>): Promise<number[]> {
  const found: number[] = [];
  for (let index = 0; index < count; index++) found.push((await once(index)).status);
  return found;
}

test('sign-ins are limited to 20 a minute per address, told in words with the time to wait', async () => {
  const attempt = (index: number) =>
    ask('sign-in/email', { email: `nobody-${index}@example.org`, password: 'wrong password' }, '203.0.113.1');
  expect(await statuses(20, attempt)).toEqual(Array(20).fill(401));
  const refused = await attempt(20);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({
    code: 'RATE_LIMITED',
    message: expect.stringContaining('Try again in'),
  });
});

test('and per account, wherever the attempts come from', async () => {
  const attempt = (index: number) =>
    ask(
      'sign-in/email',
      { email: ` ${owner.email.toUpperCase()}`.trim(), password: 'wrong' },
      `203.0.113.${100 + index}`,
    );
  expect(await statuses(20, attempt)).toEqual(Array(20).fill(401));
  expect((await attempt(20)).status).toBe(429);
});

test('an address a client claims for itself counts for nothing behind a proxy', async () => {
  const attempt = (index: number) =>
    ask(
      'sign-in/email',
      { email: `x-${index}@example.org`, password: 'wrong' },
      `198.51.100.${index}, 203.0.113.77`,
    );
  expect((await statuses(21, attempt)).at(-1)).toBe(429);
});

test('sign-ups are limited to 20 a minute per address; addresses of one IPv6 network are one', async () => {
  const attempt = (index: number) =>
    ask('sign-up/email', { email: 'bad', name: 'x', password: 'x' }, `2001:db8:1:2::${index + 1}`);
  expect(await statuses(20, attempt)).toEqual(Array(20).fill(400));
  expect((await attempt(20)).status).toBe(429);
  expect((await ask('sign-up/email', { email: 'bad' }, '2001:db8:1:3::1')).status).toBe(400);
});

test('new guests are limited to 60 a minute per address', async () => {
  const found = await statuses(61, () => ask('sign-in/anonymous', {}, '203.0.113.2'));
  expect(found).toEqual([...Array(60).fill(200), 429]);
});
