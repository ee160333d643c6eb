import { afterAll, beforeAll, expect, test } from 'vitest';
import { delayAfter } from '#features/accounts/server/count-attempts.ts';
import { admin, type Person } from '#test/harness/accounts.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';

let parley: TestParley;
let owner: Person;
const SHORTEST_MS = 300;
beforeAll(async () => {
  const clock = { signInDelayMs: SHORTEST_MS, signInLongestDelayMs: 120_000 };
  parley = await startTestParley({ rateLimits: true, trustProxy: ['127.0.0.1'] }, {}, clock);
  owner = await admin(parley.url);
});
afterAll(() => parley.close());

/** Every test comes from its own network, as through a proxy. */
const ask = (path: string, body: unknown, address: string, signal?: AbortSignal) =>
  fetch(`${parley.url}/api/auth/${path}`, {
    method: 'POST',
    ...(signal && { signal }),
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify(body),
  });

/** As if so many attempts had been made this minute; what others made it is forgotten. */
async function reached(key: string, count: number): Promise<void> {
  const seconds = key.startsWith('sign-up-found') ? 3600 : 60;
  await parley.database.db.$client.query(
    `INSERT INTO attempts VALUES ($1, $2, now() + make_interval(secs => $3))
     ON CONFLICT (key) DO UPDATE SET count = excluded.count, resets_at = excluded.resets_at`,
    [key, count, seconds],
  );
}

async function countOf(key: string): Promise<number> {
  const { rows } = await parley.database.db.$client.query('SELECT count FROM attempts WHERE key = $1', [key]);
  return rows[0]?.count ?? 0;
}

async function statuses(count: number, once: (index: number) => Promise<Response>): Promise<number[]> {
  const found: number[] = [];
  for (let index = 0; index < count; index++) found.push((await once(index)).status);
  return found;
}

test('sign-ins are limited to 20 a minute per address, told in words with the time to wait', async () => {
  const attempt = (index: number) =>
    ask('sign-in/email', { email: `nobody-${index}@example.org`, password: 'wrong password' }, '203.0.113.1');
  await reached('sign-in:address:203.0.113.1', 18);
  expect(await statuses(2, attempt)).toEqual([401, 401]);
  const refused = await attempt(2);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  // What is refused for its address does not count against the account, and leaves no row.
  expect(await countOf('sign-in:account:nobody-2@example.org')).toBe(0);
  expect(await refused.json()).toMatchObject({
    code: 'RATE_LIMITED',
    message: expect.stringContaining('Try again in'),
  });
});

test('an account that is attacked from one address opens from another', async () => {
  const email = ` ${owner.email.toUpperCase()}`.trim();
  const from = (address: string, password: string) => ask('sign-in/email', { email, password }, address);
  await reached('sign-in:address:203.0.113.9', 20);
  expect((await from('203.0.113.9', 'wrong')).status).toBe(429);
  expect(await countOf(`sign-in:account:${owner.email}`)).toBe(0);
  await reached(`sign-in:account:${owner.email}:203.0.113.10`, 20);
  expect((await from('203.0.113.10', 'wrong')).status).toBe(429);
  expect((await from('203.0.113.11', owner.password)).status).toBe(200);
});

test('and what comes from everywhere at once is slowed down, and stopped at a thousand a minute', async () => {
  const account = `sign-in:account:${owner.email}`;
  const attempt = (index: number, signal?: AbortSignal) =>
    ask('sign-in/email', { email: owner.email, password: 'wrong' }, `2001:db8:${index}::1`, signal);
  await reached(account, 30);
  const begun = performance.now();
  expect((await attempt(0)).status).toBe(401);
  expect(performance.now() - begun).toBeGreaterThan(SHORTEST_MS);

  await reached(account, 899);
  const gone = new AbortController();
  const waiting = Array.from({ length: 100 }, (_, index) => attempt(index + 1, gone.signal));
  await expect.poll(() => countOf(account), { timeout: 20_000 }).toBe(999);
  // Nothing waits behind them, and nothing is done for who has gone.
  expect((await owner.fetch('/api/v1/me')).status).toBe(200);
  expect(parley.services.db.$client.waitingCount).toBe(0);
  gone.abort();
  await Promise.allSettled(waiting);
  await reached(account, 1000);
  expect((await attempt(300)).status).toBe(429);
  expect(await countOf('sign-in:address:2001:db8:12c:0::/64')).toBe(0);
});

test('the delay grows with the attempts, and is bounded', () => {
  const clock = { signInDelayMs: 100, signInLongestDelayMs: 2_000 };
  const delays = [1, 20, 21, 40, 41, 61, 81, 101, 1000].map((count) => delayAfter(count, 20, clock));
  expect(delays).toEqual([0, 0, 100, 100, 200, 400, 800, 1600, 2000]);
});

test('who looks for addresses that have an account finds twenty an hour', async () => {
  const attempt = (email: string) =>
    ask('sign-up/email', { email, name: 'Eve', password: 'long enough' }, '203.0.113.44');
  await reached('sign-up-found:address:203.0.113.44', 19);
  expect((await attempt(owner.email)).status).toBe(422);
  for (const email of [owner.email, 'nobody-yet@example.org']) {
    const refused = await attempt(email);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60);
  }
});

test('an address a client claims for itself counts for nothing behind a proxy', async () => {
  const attempt = (index: number) =>
    ask(
      'sign-in/email',
      { email: `x-${index}@example.org`, password: 'wrong' },
      `198.51.100.${index}, 203.0.113.77`,
    );
  await reached('sign-in:address:203.0.113.77', 19);
  expect(await statuses(2, attempt)).toEqual([401, 429]);
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
