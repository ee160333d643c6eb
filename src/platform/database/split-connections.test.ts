import { expect, test } from 'vitest';
import { LEAST_CONNECTIONS, splitConnections } from './split-connections.ts';

const EVERYTHING = { works: true, embedded: true };

test('by default requests have most of the connections, claims and readers half as many each, and every other kind of work some', () => {
  const split = { main: 8, worker: 4, flushes: 1, readers: 4, reports: 1 };
  expect(splitConnections(20, EVERYTHING)).toEqual(split);
  expect(splitConnections(20, { ...EVERYTHING, embedded: false })).toEqual({ ...split, main: 9 });
});

test('with the fewest every kind of work has one, and those that wait for several have two', () => {
  const split = { main: 2, worker: 2, flushes: 1, readers: 1, reports: 1 };
  expect(splitConnections(9, EVERYTHING)).toEqual(split);
});

test.each([
  [true, true],
  [true, false],
  [false, true],
  [false, false],
])('a process holds what it may and no more (worker role %s, embedded server %s)', (works, embedded) => {
  for (let total = LEAST_CONNECTIONS; total <= 200; total++) {
    const { main, worker, flushes, readers, reports } = splitConnections(total, { works, embedded });
    expect(main + worker + flushes + readers + reports + 1 + (embedded ? 1 : 0)).toBe(total);
    expect([main > 1, readers > 0, reports > 0]).toEqual([true, true, true]);
    expect([worker > 1, flushes === 1]).toEqual([works, works]);
  }
});

test('fewer than the fewest are refused', () => {
  expect(() => splitConnections(LEAST_CONNECTIONS - 1, EVERYTHING)).toThrow('needs 9');
});
