import { expect, it } from 'vitest';
import { barsPath, niceTop } from './plot-paths.ts';

it('ends the axis at a round number that no value passes', () => {
  expect([0, 0.31, 1, 1.2, 4, 7, 10, 11, 480, 5000].map(niceTop)).toEqual([
    1, 0.4, 1, 1.5, 4, 8, 10, 15, 500, 5000,
  ]);
});

it('stands bars on each other', () => {
  const below = [0, 0];
  expect(barsPath([50, null], below, 100)).toBe('M0.09 100V50H0.91V100Z');
  expect(barsPath([25, 100], below, 100)).toBe('M0.09 50V25H0.91V50ZM1.09 100V0H1.91V100Z');
});
