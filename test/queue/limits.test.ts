import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { admin, type Person, signUp } from '#test/harness/accounts.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { makeQuiet } from '#test/harness/make.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { eventually, readStream, send, sendStreaming } from '#test/harness/streams.ts';

let parley: TestParley;
let boss: Person;
let busy: string;
let paused: string;

beforeAll(async () => {
  parley = await startTestParley({ rateLimits: true });
  boss = await admin(parley.url);
  await addEndpoint(parley.services, { name: 'other', slots: 4 });
  busy = await addEndpoint(parley.services, { name: 'busy', slots: 1, maxQueued: 7 });
  paused = await addEndpoint(parley.services, { name: 'paused', slots: 4, maxQueued: 12 });
  await parley.services.db.$client.query('UPDATE endpoints SET paused_at = now() WHERE id = $1', [paused]);
});
afterAll(() => parley.close());
afterEach(() => makeQuiet(parley));

/** A member with these limits of their own. */
async function limited(limits: Record<string, number | null>): Promise<Person> {
  const person = await signUp(parley.url);
  const given = { requestsPerMinute: 1_000_000, maxQueued: 1_000_000, ...limits };
  const answer = await boss.fetch(`/api/v1/admin/users/${person.userId}`, { method: 'PATCH', json: given });
  expect(answer.status).toBe(200);
  return person;
}
const post = (person: Person, message: object, more: object = {}) =>
  person.fetch('/api/v1/messages', {
    method: 'POST',
    json: { message: { content: 'Hi', ...message }, ...more },
  });
type Refusal = { error: { code: string; detail: string; retryAt?: string } };

/** Status counts of `count` sends at once. */
async function flood(person: Person, count: number, message: object) {
  const answers = await Promise.all(Array.from({ length: count }, () => post(person, message)));
  const refused = answers.find((answer) => answer.status !== 202);
  const statuses: Record<number, number> = {};
  for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1;
  return { statuses, refused, error: refused && ((await refused.json()) as Refusal).error };
}

describe('over a bound', () => {
  it('of waiting replies a user is told 429, after exactly as many as they may have, out of 50 at once', async () => {
    const person = await limited({ maxQueued: 5 });
    const { statuses, refused, error } = await flood(person, 50, { modelId: 'paused/demo' });
    expect(statuses).toEqual({ 202: 5, 429: 45 });
    expect(error).toMatchObject({
      code: 'rate_limited',
      detail: expect.stringContaining('5 replies waiting'),
    });
    expect(Number(refused!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Date.parse(error!.retryAt!)).toBeGreaterThan(Date.now());
    const { rows } = await parley.services.db.$client.query(
      'SELECT count(*)::int AS chats FROM chats WHERE user_id = $1',
      [person.userId],
    );
    expect(rows[0].chats).toBe(5);
  });

  it('of the endpoint nobody gets more than half of the places, however many people send at once, and all are taken', async () => {
    const people = await Promise.all([1, 2, 3].map(() => limited({})));
    const floods = await Promise.all(people.map((person) => flood(person, 15, { modelId: 'paused/demo' })));
    const { rows } = await parley.services.db.$client.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM generations WHERE state = 'queued' GROUP BY user_id ORDER BY 1`,
    );
    expect(rows.reduce((sum, { waiting }) => sum + waiting, 0)).toBe(12);
    // Who came late was given room by those who held more.
    expect(rows.map(({ waiting }) => waiting)).toEqual([4, 4, 4]);
    const { error, refused: answer } = floods.find((each) => each.error)!;
    expect(error).toMatchObject({ code: 'queue_full', detail: expect.stringMatching(/“paused”/) });
    expect(Number(answer!.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('what starts at once takes no place in line', async () => {
    const people = await Promise.all([limited({ maxConcurrent: 8 }), limited({ maxConcurrent: 8 })]);
    const long = { modelId: 'busy/demo', content: '/script tokens=5000 rate=50' };
    // One of eight runs; four of the seven places are half of them.
    expect((await flood(people[0], 20, long)).statuses).toEqual({ 202: 5, 503: 15 });
    expect((await flood(people[1], 3, long)).statuses).toEqual({ 202: 3 });
  });

  it('of sends a minute a user is told when they may send again, and retries count', async () => {
    const person = await limited({ requestsPerMinute: 3 });
    const { generation } = await send(person, '/script fail=first code=endpoint_auth', {
      modelId: 'other/demo',
    });
    await eventually(
      async () =>
        (await (await person.fetch(`/api/v1/generations/${generation.id}`)).json()) as { state: string },
      ({ state }) => state === 'failed',
    );
    const retry = () => person.fetch(`/api/v1/generations/${generation.id}/retry`, { method: 'POST' });
    expect((await retry()).status).toBe(202);
    const { statuses, error } = await flood(person, 10, { modelId: 'other/demo' });
    expect(statuses).toEqual({ 202: 1, 429: 9 });
    expect(error!.detail).toMatch(/3 messages a minute/);
    const wait = Date.parse(error!.retryAt!) - Date.now();
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60_000);
    expect((await retry()).status).toBe(429);
  });

  it('of tokens a day the next send is refused, and what runs is reserved', async () => {
    const person = await limited({ tokensPerDay: 600 });
    const { statuses } = await flood(person, 20, { modelId: 'paused/demo' });
    expect(statuses).toEqual({ 202: 2, 429: 18 });
    await makeQuiet(parley);
    // Never started: nothing was used.
    await readStream(await sendStreaming(person, '/script tokens=700 rate=0', { modelId: 'other/demo' }));
    const { error } = await flood(person, 1, { modelId: 'other/demo' });
    expect(error!.detail).toMatch(/your 600 tokens for 24 hours/);
    expect(Date.parse(error!.retryAt!) - Date.now()).toBeGreaterThan(23 * 3_600_000);
  });
});

describe('a repeated id', () => {
  it('is answered as the first time, however full everything is', async () => {
    const person = await limited({ maxQueued: 1 });
    const id = crypto.randomUUID();
    const first = await post(person, { id, modelId: 'paused/demo' });
    expect(first.status).toBe(202);
    expect((await post(person, { modelId: 'paused/demo' })).status).toBe(429);
    const again = await post(person, { id, modelId: 'paused/demo' });
    expect(again.status).toBe(202);
    const made = (await first.json()) as { generation: { id: string } };
    expect(((await again.json()) as typeof made).generation.id).toBe(made.generation.id);
  });

  it('posted many times at once is one message, and none of them is refused by a limit', async () => {
    const person = await limited({ maxQueued: 1 });
    const id = crypto.randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => post(person, { id, modelId: 'paused/demo' })),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([202]));
  });
});

describe('an endpoint that is drained', () => {
  it('takes nothing new and says so', async () => {
    const { $client } = parley.services.db;
    await $client.query('UPDATE endpoints SET draining_at = now() WHERE id = $1', [busy]);
    const { error } = await flood(await limited({}), 1, { modelId: 'busy/demo' });
    await $client.query('UPDATE endpoints SET draining_at = NULL WHERE id = $1', [busy]);
    expect(error).toMatchObject({
      code: 'unavailable',
      detail: expect.stringContaining('takes nothing new'),
    });
  });
});

describe('RATE_LIMITS=off', () => {
  it('lifts the sends a minute, and no other bound', async () => {
    const off = await startTestParley(
      { rateLimits: false, roles: new Set(['web']) },
      { database: parley.database, dataDir: parley.services.config.dataDir },
    );
    try {
      const person = await limited({ requestsPerMinute: 1, maxQueued: 3 });
      const there = {
        ...person,
        fetch: (path: string, init?: RequestInit & { json?: unknown }) =>
          fetch(off.url + path, {
            ...init,
            headers: { cookie: person.cookie, 'content-type': 'application/json' },
            body: JSON.stringify(init?.json),
          }),
      } as Person;
      const { statuses } = await flood(there, 6, { modelId: 'paused/demo' });
      expect(statuses).toEqual({ 202: 3, 429: 3 });
    } finally {
      await off.close();
    }
  });
});
