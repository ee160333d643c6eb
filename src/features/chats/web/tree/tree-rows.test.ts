import { expect, test } from 'vitest';
import type { TreeNode } from '#features/messages/messages.ts';
import { toRows } from './tree-rows.ts';

const node = (id: string, parentId: string | null): TreeNode => ({
  id,
  parentId,
  role: 'user',
  preview: id,
  createdAt: '2026-01-01T00:00:00.000Z',
  state: null,
});
const drawn = (nodes: TreeNode[], leaf: string | null) =>
  toRows(nodes, leaf).map(({ node: { id }, level, shown }) => `${level}${id}${shown ? '*' : ''}`);

test('a row stands below the one it follows, a level deeper where the way forks, and the shown branch is marked', () => {
  const nodes = [
    node('a', null),
    node('b', 'a'),
    node('c', 'b'),
    node('x', 'a'),
    node('d', 'c'),
    node('y', 'x'),
  ];
  expect(drawn(nodes, 'y')).toEqual(['1a*', '2b', '2c', '2d', '2x*', '2y*']);
  expect(toRows(nodes, null)[4]).toMatchObject({ place: 2, siblings: 2 });
  expect(drawn([node('a', null), node('r', null), node('s', 'r')], 'a')).toEqual(['1a*', '1r', '1s']);
});

test('ten thousand messages, one below the other, are rows as quickly as any', () => {
  const deep = Array.from({ length: 10_000 }, (_, index) => node(`${index}`, index ? `${index - 1}` : null));
  const startedAt = performance.now();
  expect(toRows(deep, '9999').every(({ shown }) => shown)).toBe(true);
  expect(performance.now() - startedAt).toBeLessThan(200);
});
