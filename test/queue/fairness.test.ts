/** The bounds of fair share (docs/queue.md), measured in served cost, whatever the costs and arrivals are. */
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#platform/ids.ts';
import { createTestDatabase } from '#test/harness/database.ts';
import { createLine, type Line } from './line.ts';

let line: Line;
beforeAll(async () => {
  const database = await createTestDatabase();
  line = createLine(database);
  return () => database.drop();
});
beforeEach(() => line.clear());

const MOST = 1000;
const costs = fc.array(fc.tuple(fc.integer({ min: 1, max: MOST }), fc.integer({ min: 1, max: MOST })), {
  minLength: 15,
  maxLength: 30,
});

/** Keeps every user waiting, ends the oldest running one per turn, and returns what each was served, turn by turn. */
async function serve(options: {
  slots: number;
  weights: number[];
  costOf(turn: number, user: number): number;
  turns: number;
}) {
  const users = await Promise.all(options.weights.map((weight) => line.user({ weight })));
  const endpoint = await line.endpoint(options.slots);
  for (const user of users) for (let n = 0; n <= options.slots; n++) await line.enqueue(endpoint, user);
  const served = users.map(() => 0);
  const history: number[][] = [];
  const running = await line.claim(endpoint);
  for (let turn = 0; turn < options.turns; turn++) {
    const ended = running.shift()!;
    const user = users.indexOf(ended.userId);
    const cost = options.costOf(turn, user);
    await line.finish(ended, cost);
    served[user]! += cost / options.weights[user]!;
    history.push([...served]);
    await line.enqueue(endpoint, ended.userId);
    running.push(...(await line.claim(endpoint)));
  }
  return history;
}

describe('two users who always wait', () => {
  it('are served within twice the cost of one generation of each other, at every moment', async () => {
    await fc.assert(
      fc.asyncProperty(costs, async (each) => {
        await line.clear();
        const history = await serve({
          slots: 1,
          weights: [1, 1],
          turns: each.length,
          costOf: (turn, user) => each[turn]![user as 0 | 1],
        });
        for (const [a, b] of history) expect(Math.abs(a! - b!)).toBeLessThanOrEqual(2 * MOST);
      }),
      { numRuns: 12 },
    );
  });

  it('are served by their weights, the instance’s default counting for who has none', async () => {
    const history = await serve({ slots: 1, weights: [3, 1], turns: 80, costOf: () => 100 });
    const [a, b] = history.at(-1)!;
    expect(Math.abs(a! - b!)).toBeLessThanOrEqual(200);
    await line.clear();
    await line.pool.query(`UPDATE instance SET settings = '{"weight": 3}'`);
    const [byDefault, own] = [await line.user(), await line.user({ weight: 1 })];
    const endpoint = await line.endpoint(1);
    const turns = new Map([
      [byDefault, 0],
      [own, 0],
    ]);
    for (let n = 0; n < 42; n++) for (const user of turns.keys()) await line.enqueue(endpoint, user);
    for (let turn = 0; turn < 40; turn++) {
      const [claimed] = await line.claim(endpoint);
      turns.set(claimed!.userId, turns.get(claimed!.userId)! + 1);
      await line.finish(claimed!, 100);
    }
    expect(turns.get(byDefault)).toBeGreaterThanOrEqual(28);
    expect(turns.get(byDefault)).toBeLessThanOrEqual(32);
  });

  it('with several slots and costs as different as can be stay within what may be running and two more', async () => {
    const slots = 3;
    const history = await serve({
      slots,
      weights: [1, 1],
      turns: 60,
      costOf: (_turn, user) => (user === 0 ? MOST : 20),
    });
    for (const [a, b] of history) expect(Math.abs(a! - b!)).toBeLessThanOrEqual((2 + slots) * MOST);
  });
});

describe('many users who always wait', () => {
  it('are served alike by several workers at several endpoints: Jain’s index at least 0.98', async () => {
    const users = await Promise.all(Array.from({ length: 20 }, () => line.user()));
    const endpoints = await Promise.all([1, 2, 3].map((slots) => line.endpoint(slots)));
    const served = new Map(users.map((user) => [user, 0]));
    for (const endpoint of endpoints)
      for (const user of users) for (let n = 0; n < 2; n++) await line.enqueue(endpoint, user);
    let running = (await Promise.all(endpoints.map((endpoint) => line.claim(endpoint)))).flat();
    for (let turn = 0; turn < 120; turn++) {
      const ended = running.splice(0, 3);
      for (const one of ended) {
        const cost = 50 + ((turn * 37) % 100);
        await line.finish(one, cost);
        served.set(one.userId, served.get(one.userId)! + cost);
        await line.enqueue(one.endpointId, one.userId);
      }
      // Two workers at each endpoint.
      const claims = await Promise.all([...endpoints, ...endpoints].map((endpoint) => line.claim(endpoint)));
      running = [...running, ...claims.flat()];
      expect(running).toHaveLength(6);
    }
    const all = [...served.values()];
    const sum = all.reduce((total, one) => total + one, 0);
    const squares = all.reduce((total, one) => total + one * one, 0);
    expect((sum * sum) / (all.length * squares)).toBeGreaterThanOrEqual(0.98);
  });
});

describe('a light user next to a flooding one', () => {
  it('waits for the slot to come free plus at most one turn, whatever the costs were', async () => {
    const floods = fc.record({
      cost: fc.integer({ min: 1, max: 5000 }),
      turns: fc.nat(6),
      input: fc.nat(2000),
    });
    await fc.assert(
      fc.asyncProperty(floods, async ({ cost, turns, input }) => {
        await line.clear();
        const [flooder, light] = [await line.user(), await line.user()];
        const endpoint = await line.endpoint(1);
        for (let n = 0; n < 20; n++) await line.enqueue(endpoint, flooder);
        let [running] = await line.claim(endpoint);
        const next = async () => {
          await line.finish(running!, cost);
          [running] = await line.claim(endpoint);
        };
        for (let turn = 0; turn < turns; turn++) await next();
        // Several messages in a row, as people write them.
        for (let message = 0; message < 3; message++) {
          const id = await line.enqueue(endpoint, light, { input });
          let waited = 0;
          while (running!.id !== id) {
            await next();
            if (running!.userId === flooder) waited += 1;
          }
          expect(waited).toBeLessThanOrEqual(message === 0 ? 1 : 2);
          await next();
        }
      }),
      { numRuns: 20 },
    );
  });

  it('who was away earns no claim to catch up: they start at the lowest active counter', async () => {
    const [busy, away] = [await line.user(), await line.user()];
    const endpoint = await line.endpoint(1);
    for (let n = 0; n < 30; n++) await line.enqueue(endpoint, busy);
    for (let n = 0; n < 10; n++) await line.finish((await line.claim(endpoint))[0]!, 500);
    expect(await line.counter(endpoint, busy)).toBe(5000);
    for (let n = 0; n < 10; n++) await line.enqueue(endpoint, away);
    expect(await line.counter(endpoint, away)).toBe(5000);
    const turns: string[] = [];
    for (let n = 0; n < 10; n++) {
      const [claimed] = await line.claim(endpoint);
      turns.push(claimed!.userId);
      await line.finish(claimed!, 500);
    }
    expect(turns.filter((user) => user === away)).toHaveLength(5);
  });
});

describe('guests of one address', () => {
  it('are one party: forty of them are served as much as one member, in the order in which they came', async () => {
    const address = newId();
    const member = await line.user();
    const guests = await Promise.all(
      Array.from({ length: 40 }, () => line.user({ guestAddress: address, maxConcurrent: 1 })),
    );
    const endpoint = await line.endpoint(1);
    for (const user of guests) await line.enqueue(endpoint, user);
    for (let n = 0; n < 30; n++) await line.enqueue(endpoint, member);
    const served: string[] = [];
    for (let turn = 0; turn < 40; turn++) {
      const [claimed] = await line.claim(endpoint);
      served.push(claimed!.userId);
      await line.finish(claimed!, 100);
    }
    const ofMember = served.filter((user) => user === member).length;
    expect(Math.abs(ofMember - 20)).toBeLessThanOrEqual(1);
    const ofGuests = served.filter((user) => user !== member);
    expect(ofGuests).toEqual(guests.slice(0, ofGuests.length));
    expect(await line.counter(endpoint, address)).toBe(ofGuests.length * 100);
  });

  it('gain nothing by being another guest: what the first was served counts for the second', async () => {
    const address = newId();
    const [member, first, second] = await Promise.all([
      line.user(),
      line.user({ guestAddress: address }),
      line.user({ guestAddress: address }),
    ]);
    const endpoint = await line.endpoint(1);
    for (const user of [first, member, member, member]) await line.enqueue(endpoint, user);
    const turn = async () => {
      const [claimed] = await line.claim(endpoint);
      await line.finish(claimed!, 100);
      return claimed!.userId;
    };
    expect(await turn()).toBe(first);
    await line.enqueue(endpoint, second);
    expect([await turn(), await turn(), await turn()]).toEqual([member, member, second]);
  });
});
