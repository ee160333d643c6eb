import { describe, expect, test } from 'vitest';
import type { RoleName } from '#config';
import { LEAST_CONNECTIONS, splitConnections } from './split-connections.ts';

const roles = (...names: RoleName[]): ReadonlySet<RoleName> => new Set(names);
const EVERYTHING = roles('web', 'worker');
const SETS: [string, ReadonlySet<RoleName>][] = [
  ['web and worker', EVERYTHING],
  ['web', roles('web')],
  ['worker', roles('worker')],
];

test('by default requests have half of the connections, and every other kind of work some', () => {
  expect(splitConnections(20, EVERYTHING)).toEqual({
    main: 7,
    worker: 5,
    flushes: 1,
    readers: 3,
    reports: 2,
  });
});

test('with the fewest every kind of work has one, and those that wait for several have two', () => {
  expect(splitConnections(9, EVERYTHING)).toEqual({ main: 2, worker: 2, flushes: 1, readers: 1, reports: 1 });
});

describe.each(SETS)('a process that is %s', (_name, set) => {
  test.each(Array.from({ length: 92 }, (_, n) => LEAST_CONNECTIONS + n))(
    'holds at most the %i it may, the one that listens and the one that holds the server included',
    (total) => {
      const { main, worker, flushes, readers, reports } = splitConnections(total, set);
      expect(main + worker + flushes + readers + reports + 2).toBe(total);
      expect(Math.min(main, 2)).toBe(2);
      expect(Math.min(readers, reports)).toBeGreaterThan(0);
      expect([worker > 1, flushes === 1]).toEqual([set.has('worker'), set.has('worker')]);
    },
  );
});

test('fewer than the fewest are refused', () => {
  expect(() => splitConnections(LEAST_CONNECTIONS - 1, EVERYTHING)).toThrow('needs 9');
});
