/** What holds of every claim, over random arrivals, with several workers and endpoints at once, on real PostgreSQL. */
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Claimed } from '#features/generations/server/queue/claim.ts';
import { createTestDatabase } from '#test/harness/database.ts';
import { createLine, DEFAULT_MAX_CONCURRENT, type Line } from './line.ts';

let line: Line;
beforeAll(async () => {
  const database = await createTestDatabase();
  line = createLine(database);
  return () => database.drop();
});
beforeEach(() => line.clear());

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      user: fc.nat(3),
      at: fc.nat(1),
      class: fc.nat(2),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('claim' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('finish' as const), which: fc.nat(20), cost: fc.nat(2000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('slots' as const),
      at: fc.nat(1),
      slots: fc.integer({ min: 1, max: 4 }),
    }),
  },
);

describe('claiming', () => {
  it('never runs more than there are slots, nothing twice, each user in order, urgent classes first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        await line.clear();
        const users = await Promise.all([0, 1, 2, 3].map(() => line.user()));
        const endpoints = [await line.endpoint(2), await line.endpoint(1)];
        const slots = [2, 1];
        const sent = new Map<string, { at: number; user: number; class: number; number: number }>();
        const seen = new Set<string>();
        const lastOf = new Map<string, number>();
        let running: Claimed[] = [];
        for (const one of steps) {
          if (one.kind === 'send') {
            const id = await line.enqueue(endpoints[one.at]!, users[one.user]!, { class: one.class });
            sent.set(id, { ...one, number: sent.size });
          } else if (one.kind === 'slots') {
            slots[one.at] = one.slots;
            await line.setSlots(endpoints[one.at]!, one.slots);
          } else if (one.kind === 'finish' && running.length > 0) {
            const [ended] = running.splice(one.which % running.length, 1);
            expect(await line.finish(ended!, one.cost)).toBe(true);
          } else if (one.kind === 'claim') {
            const before = running.map((each) => each.endpointId);
            // Two workers at each endpoint, all at once.
            const claims = (
              await Promise.all([...endpoints, ...endpoints].map((endpointId) => line.claim(endpointId)))
            ).flat();
            running = [...running, ...claims];
            for (const each of claims) {
              expect(seen.has(each.id)).toBe(false);
              seen.add(each.id);
            }
            for (const [at, endpointId] of endpoints.entries()) {
              const now = running.filter((each) => each.endpointId === endpointId).length;
              const had = before.filter((each) => each === endpointId).length;
              expect(now).toBeLessThanOrEqual(Math.max(slots[at]!, had));
              const left = [...sent].filter(([id, each]) => each.at === at && !seen.has(id));
              // No slot stays empty while somebody waits.
              if (left.length > 0) expect(now).toBeGreaterThanOrEqual(slots[at]!);
              const mine = claims
                .filter((each) => each.endpointId === endpointId)
                .map((each) => sent.get(each.id)!);
              for (const each of mine)
                for (const [, other] of left) expect(other.class).toBeGreaterThanOrEqual(each.class);
              for (const each of mine.toSorted((a, b) => a.number - b.number)) {
                const key = `${at} ${each.user} ${each.class}`;
                expect(each.number).toBeGreaterThan(lastOf.get(key) ?? -1);
                for (const [, other] of left)
                  if (other.user === each.user && other.class === each.class)
                    expect(other.number).toBeGreaterThan(each.number);
                lastOf.set(key, each.number);
              }
            }
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('takes in exactly the order that the positions tell', async () => {
    const sends = fc.array(
      fc.record({ user: fc.nat(3), class: fc.nat(2), input: fc.nat(900), served: fc.nat(1500) }),
      { minLength: 2, maxLength: 25 },
    );
    const weights = fc.array(fc.constantFrom(0.5, 1, 2, 3), { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(sends, weights, async (all, shares) => {
        await line.clear();
        const users = await Promise.all(shares.map((weight) => line.user({ weight })));
        const endpoint = await line.endpoint(1);
        // A past that leaves the users with different counters.
        for (const one of all.slice(0, 4)) {
          await line.enqueue(endpoint, users[one.user]!);
          const [claimed] = await line.claim(endpoint);
          await line.finish(claimed!, one.served);
        }
        for (const one of all) await line.enqueue(endpoint, users[one.user]!, one);
        const told = await line.order(endpoint);
        const taken: string[] = [];
        for (let slots = 1; taken.length < told.length; slots++) {
          await line.setSlots(endpoint, slots);
          taken.push(...(await line.claim(endpoint)).map((claimed) => claimed.id));
        }
        expect(taken).toEqual(told);
      }),
      { numRuns: 25 },
    );
  });
});

describe('the cap on what one user may have running', () => {
  it('holds over all endpoints, also when they are claimed for at the same moment', async () => {
    for (let round = 0; round < 15; round++) {
      await line.clear();
      const user = await line.user({ maxConcurrent: 3 });
      const endpoints = await Promise.all([1, 2, 3, 4].map(() => line.endpoint(2)));
      for (const endpoint of endpoints) for (let n = 0; n < 3; n++) await line.enqueue(endpoint, user);
      const claims = await Promise.all([...endpoints, ...endpoints].map((endpoint) => line.claim(endpoint)));
      expect(claims.flat()).toHaveLength(3);
    }
  });

  it('is the instance’s default where the user has none, and the built-in one where that is missing', async () => {
    const user = await line.user();
    await line.pool.query('UPDATE users SET max_concurrent = NULL');
    const endpoint = await line.endpoint(1000);
    for (let n = 0; n < DEFAULT_MAX_CONCURRENT + 6; n++) await line.enqueue(endpoint, user);
    await line.pool.query(`UPDATE instance SET settings = '{"maxConcurrent": 6}'`);
    expect(await line.claim(endpoint)).toHaveLength(6);
    await line.pool.query(`UPDATE instance SET settings = '{}'`);
    expect(await line.claim(endpoint)).toHaveLength(DEFAULT_MAX_CONCURRENT - 6);
    await line.pool.query(`UPDATE users SET max_concurrent = ${DEFAULT_MAX_CONCURRENT + 1}`);
    expect(await line.claim(endpoint)).toHaveLength(1);
  });

  it('does not hold up others who wait behind', async () => {
    const [greedy, other] = [await line.user({ maxConcurrent: 1 }), await line.user()];
    const endpoint = await line.endpoint(3);
    for (let n = 0; n < 5; n++) await line.enqueue(endpoint, greedy);
    await line.enqueue(endpoint, other);
    const claimed = await line.claim(endpoint);
    expect(claimed.map((each) => each.userId).toSorted()).toEqual([greedy, other].toSorted());
  });

  it('wakes the other endpoints where the user waits when one of theirs ends', async () => {
    const user = await line.user({ maxConcurrent: 1 });
    const [first, second] = [await line.endpoint(1), await line.endpoint(1)];
    await line.enqueue(first, user);
    await line.enqueue(second, user);
    const [running] = await line.claim(first);
    expect(await line.claim(second)).toEqual([]);
    const woken: string[] = [];
    const listener = await line.pool.connect();
    listener.on('notification', (message) => woken.push(message.payload!));
    await listener.query('LISTEN parley_wake');
    await line.finish(running!, 1);
    await listener.query('SELECT 1');
    await listener.query('UNLISTEN parley_wake');
    listener.release();
    expect(woken.toSorted()).toEqual([`${first} test`, second].toSorted());
    expect(await line.claim(second)).toHaveLength(1);
  });
});
