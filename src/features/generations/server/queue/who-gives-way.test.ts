import { expect, test } from 'vitest';
import type { Holding } from './line-places.ts';
import { whoGivesWay } from './who-gives-way.ts';

let came = 0;
const member = (party: string, waiting: number): Holding => ({
  party,
  isGuest: false,
  waiting,
  newest: ++came,
});
const guests = (party: string, waiting: number): Holding => ({
  party,
  isGuest: true,
  waiting,
  newest: ++came,
});
const asMember = (party: string, holdings: Holding[]) =>
  whoGivesWay({ bound: 'line', sender: { party, isGuest: false } }, holdings);
const asGuest = (party: string, holdings: Holding[], bound: 'line' | 'guests' = 'line') =>
  whoGivesWay({ bound, sender: { party, isGuest: true } }, holdings);

test('whoever holds most gives way to somebody who then holds no more than they', () => {
  expect(asMember('c', [member('a', 4), member('b', 3)])).toBe('a');
  expect(asMember('b', [member('a', 5), member('b', 3)])).toBe('a');
  expect(asMember('b', [member('a', 4), member('b', 3)])).toBeNull();
  expect(asMember('a', [member('a', 4), member('b', 3)])).toBeNull();
  // A thousand who wait for one reply each are not pushed out by the next thousand.
  expect(asMember('c', [member('a', 1), member('b', 1)])).toBeNull();
});

test('of those who hold alike, who came last', () => {
  expect(asMember('c', [member('a', 4), member('b', 4)])).toBe('b');
});

test('guests count together beside members, however many addresses they have, and the largest address gives way', () => {
  const many = [guests('x', 2), guests('y', 3), guests('z', 2)];
  expect(asMember('b', [member('a', 6), ...many])).toBe('y');
  expect(asMember('a', [member('a', 6), ...many])).toBe('y');
  expect(asMember('c', [member('a', 8), ...many])).toBe('a');
  // The one guest who waits gives way to a member who has none.
  expect(asMember('b', [member('a', 1), guests('x', 1)])).toBe('x');
});

test('a guest gets a place of a member who holds more than all guests, else of a larger address', () => {
  expect(asGuest('x', [member('a', 6), guests('x', 4)])).toBe('a');
  expect(asGuest('x', [member('a', 6), guests('x', 4)], 'guests')).toBeNull();
  expect(asGuest('x', [member('a', 6), guests('x', 1), guests('y', 5)])).toBe('y');
  expect(asGuest('x', [member('a', 6), guests('x', 3), guests('y', 3)])).toBeNull();
  expect(asGuest('new', [member('a', 3), guests('x', 1), guests('y', 2)], 'guests')).toBe('y');
});
