/** Guests cost nothing to become: what a crowd of them from one address, and from many, can take of a line. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { removeIdleGuests } from '#features/accounts/server/index.ts';
import { sendInTurn } from '#features/chats/server/outbox/send-in-turn.ts';
import { dropOldCounters, dropOldEvents } from '#features/generations/server/index.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { admin, guest, type Person, signUp } from '#test/harness/accounts.ts';
import { addEndpoint } from '#test/harness/endpoints.ts';
import { makeQuiet } from '#test/harness/make.ts';
import { startTestParley, type TestParley } from '#test/harness/parley.ts';
import { generationOf, messagesOf } from '#test/harness/stored.ts';
import { eventually, follow, readStream, send } from '#test/harness/streams.ts';

let parley: TestParley;
let boss: Person;
beforeAll(async () => {
  parley = await startTestParley({ rateLimits: true });
  boss = await admin(parley.url);
  const { services } = parley;
  await addEndpoint(services, { name: 'wide', slots: 10 });
  await addEndpoint(services, { name: 'long', slots: 1 });
  await addEndpoint(services, { name: 'short', slots: 1, maxQueued: 12 });
  await sql(`UPDATE endpoints SET paused_at = now() WHERE name IN ('long', 'short')`);
});
afterAll(() => parley.close());
afterEach(() => makeQuiet(parley));

const sql = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await parley.services.db.$client.query(text, values)).rows;
const post = (person: Person, modelId: string, content = 'Hi') =>
  person.fetch('/api/v1/messages', { method: 'POST', json: { message: { content, modelId } } });
const statuses = (answers: readonly { status: number }[]) =>
  Object.fromEntries(
    Map.groupBy(answers, ({ status }) => status)
      .entries()
      .map(([k, v]) => [k, v.length]),
  );
const flood = (person: Person, count: number, modelId: string) =>
  Promise.all(Array.from({ length: count }, () => post(person, modelId)));
const waitingAt = (name: string, who = 'true') =>
  sql(
    `SELECT g.id FROM generations g JOIN endpoints e ON e.id = g.endpoint_id
       WHERE e.name = $1 AND g.state = 'queued' AND ${who}`,
    [name],
  );

/** Guests who came from `address`, without the minute that it takes to become so many. */
async function guestsFrom(address: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await sql(
    `INSERT INTO users (id, name, email, is_anonymous, guest_address) SELECT id, 'Guest', id::text, true, $2
     FROM unnest($1::uuid[]) id`,
    [ids, address],
  );
  return ids;
}

/** The error code of a guest's send; null when it was accepted. */
const sendAs = (userId: string, modelId: string): Promise<string | null> =>
  sendInTurn(
    parley.services,
    { userId, role: 'guest', via: { kind: 'session', sessionId: newId() } },
    { newChat: {} },
    { content: 'Hi', modelId },
    { client: 'web' },
  ).then(
    () => null,
    (error) => (error instanceof AppError ? error.code : Promise.reject(error)),
  );

describe('guests of one address', () => {
  it('have three places each, and no member is refused while four of them flood a line of a thousand', async () => {
    const four = await Promise.all([1, 2, 3, 4].map(() => guest(parley.url)));
    const members = await Promise.all([1, 2].map(() => signUp(parley.url)));
    const [crowd, ...others] = await Promise.all([
      Promise.all(four.map((each) => flood(each, 60, 'long/demo'))),
      ...members.map((each) => flood(each, 20, 'long/demo')),
    ]);
    expect(statuses(crowd.flat())).toEqual({ 202: 12, 429: 228 });
    for (const answers of others) expect(statuses(answers)).toEqual({ 202: 20 });
  });

  it('have thirty places together, though there be hundreds, and an admin can make them more', async () => {
    const crowd = await guestsFrom(newId(), 200);
    const answers = await Promise.all(crowd.map((each) => sendAs(each, 'long/demo')));
    expect(answers.filter((code) => code === null)).toHaveLength(30);
    expect(new Set(answers)).toEqual(new Set([null, 'rate_limited']));
    // Another address is not touched by it.
    const [stranger] = await guestsFrom(newId(), 1);
    expect(await sendAs(stranger!, 'long/demo')).toBeNull();
    const set = (perAddress: object) =>
      boss.fetch('/api/v1/admin/settings', { method: 'PATCH', json: { guests: { perAddress } } });
    expect(await (await set({ maxQueued: 31 })).json()).toMatchObject({
      guests: { maxQueued: 3, perAddress: { maxQueued: 31, maxConcurrent: 4 } },
    });
    expect([await sendAs(crowd[0]!, 'long/demo'), await sendAs(crowd[1]!, 'long/demo')].sort()).toEqual(
      [null, 'rate_limited'].sort(),
    );
    await set({ maxQueued: null });
  });

  it('run one reply each and four together, and none is kept waiting by another’s own limit', async () => {
    const crowd = await Promise.all([1, 2, 3, 4, 5, 6].map(() => guest(parley.url)));
    for (const each of crowd)
      for (let n = 0; n < 2; n++) await post(each, 'wide/demo', '/script tokens=1000 rate=20');
    const running = () => sql<{ user_id: string }>(`SELECT user_id FROM generations WHERE state = 'running'`);
    await eventually(running, (rows) => rows.length === 4);
    const rows = await running();
    expect(new Set(rows.map(({ user_id }) => user_id)).size).toBe(4);
    const member = await signUp(parley.url);
    const { generation } = await send(member, '/script tokens=2 rate=0', { modelId: 'wide/demo' });
    await eventually(
      () => generationOf(member, generation.id),
      ({ state }) => state === 'completed',
    );
    expect(await running()).toHaveLength(4);
  });
});

describe('a line that is full', () => {
  it('is half guests’ at most, of however many addresses, and among these the largest gives way', async () => {
    const crowds = await Promise.all([1, 2, 3].map(() => guestsFrom(newId(), 2)));
    for (const each of crowds[0]!) for (let n = 0; n < 3; n++) await sendAs(each, 'short/demo');
    expect(await waitingAt('short')).toHaveLength(6);
    for (let n = 0; n < 3; n++) expect(await sendAs(crowds[1]![0]!, 'short/demo')).toBeNull();
    // Three and three: nobody holds more than the next would.
    expect(await sendAs(crowds[1]![1]!, 'short/demo')).toBe('queue_full');
    expect(await sendAs(crowds[2]![0]!, 'short/demo')).toBeNull();
    expect(await waitingAt('short')).toHaveLength(6);
  });

  it('makes room at the cost of whoever holds most, whose message is kept and can be sent again', async () => {
    const [one, two, three] = await Promise.all([1, 2, 3].map(() => signUp(parley.url)));
    const loser = await guest(parley.url);
    const [other] = await guestsFrom(newId(), 1);
    expect(await sendAs(other!, 'short/demo')).toBeNull();
    const writes = () => send(loser, 'What I wrote', { modelId: 'short/demo' });
    const lost = [await writes(), await writes(), await writes()];
    expect(statuses(await flood(one!, 6, 'short/demo'))).toEqual({ 202: 6 });
    expect(statuses(await flood(two!, 2, 'short/demo'))).toEqual({ 202: 2 });
    // Full: six, two, and four of guests. Six is half, and most.
    expect((await post(one!, 'short/demo')).status).toBe(503);
    for (const left of [5, 4]) {
      expect((await post(three!, 'short/demo')).status).toBe(202);
      expect(await waitingAt('short', `g.user_id = '${one!.userId}'`)).toHaveLength(left);
    }
    // Now guests hold as much as anybody, and of them the larger address gives way, with its newest.
    const reading = readStream(await follow(loser, lost[2]!.generation.id));
    expect((await post(three!, 'short/demo')).status).toBe(202);
    expect(await waitingAt('short')).toHaveLength(12);
    expect((await reading).at(-1)).toMatchObject({
      type: 'error',
      data: { state: 'failed', code: 'queue_full', retryable: true },
    });
    const kept = await Promise.all(lost.map(({ generation }) => generationOf(loser, generation.id)));
    expect(kept.map(({ state }) => state)).toEqual(['queued', 'queued', 'failed']);
    expect(await messagesOf(loser, lost[2]!.chat.id)).toMatchObject([
      { content: [{ text: 'What I wrote' }] },
      { content: [], ending: { state: 'failed', error: { code: 'queue_full' } } },
    ]);
    const retry = `/api/v1/generations/${lost[2]!.generation.id}/retry`;
    expect((await loser.fetch(retry, { method: 'POST' })).status).toBe(503);
    await makeQuiet(parley);
    expect((await loser.fetch(retry, { method: 'POST' })).status).toBe(202);
  });

  it('never holds more than its places, and ends up shared, whoever sends at the same moment', async () => {
    const people = await Promise.all([1, 2, 3, 4].map(() => signUp(parley.url)));
    await flood(people[0]!, 6, 'short/demo');
    await flood(people[1]!, 6, 'short/demo');
    const answers = await Promise.all(people.map((each) => flood(each, 10, 'short/demo')));
    expect(new Set(answers.flat().map(({ status }) => status))).toEqual(new Set([202, 503]));
    const held = await sql<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM generations WHERE state = 'queued' GROUP BY user_id`,
    );
    expect(held.map(({ waiting }) => waiting)).toEqual([3, 3, 3, 3]);
  });
});

describe('where a guest came from', () => {
  it('is nowhere in the database but as a hash under the secret, and goes with the guest', async () => {
    const someone = await guest(parley.url);
    const { generation } = await send(someone, '/script tokens=1 rate=0', { modelId: 'wide/demo' });
    await eventually(
      () => generationOf(someone, generation.id),
      ({ state }) => state === 'completed',
    );
    const [kept] = await sql<{ guest_address: string; ip_address: string | null }>(
      'SELECT u.guest_address, s.ip_address FROM users u JOIN sessions s ON s.user_id = u.id WHERE u.id = $1',
      [someone.userId],
    );
    expect(kept).toEqual({ guest_address: expect.stringMatching(/^[0-9a-f-]{36}$/), ip_address: null });
    await sql(`UPDATE users SET last_active_at = 'epoch' WHERE is_anonymous`);
    await sql(`UPDATE generations SET finished_at = 'epoch' WHERE finished_at IS NOT NULL`);
    await dropOldEvents(parley.services);
    await removeIdleGuests(parley.services);
    await dropOldCounters(parley.services);
    const left = await sql<{ left: number }>(
      `SELECT (SELECT count(*) FROM users WHERE guest_address IS NOT NULL)::int
         + (SELECT count(*) FROM generations WHERE guest_address IS NOT NULL)::int
         + (SELECT count(*) FROM fair_share WHERE party_id = $1)::int AS left`,
      [kept!.guest_address],
    );
    expect(left).toEqual([{ left: 0 }]);
  });
});
