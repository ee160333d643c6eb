import { expect, test } from 'vitest';
import { distanceAbove } from './distance-above.ts';

const nodes = [
  { id: 'a', parentId: null },
  { id: 'b', parentId: 'a' },
  { id: 'c', parentId: 'b' },
  { id: 'd', parentId: 'a' },
];

test('a message on the shown branch is so many above its end, and one beside it is on none', () => {
  expect(distanceAbove(nodes, 'c', 'c')).toBe(0);
  expect(distanceAbove(nodes, 'a', 'c')).toBe(2);
  expect(distanceAbove(nodes, 'd', 'c')).toBeNull();
  expect(distanceAbove(nodes, 'a', null)).toBeNull();
});
