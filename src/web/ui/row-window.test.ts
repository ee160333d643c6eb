import { expect, it } from 'vitest';
import { rowsBetween, rowTops } from './row-window.ts';

/** A heading of 36 pixels before every ten rows of 38. */
const heights = Array.from({ length: 110 }, (_, index) => (index % 11 === 0 ? 36 : 38));
const tops = rowTops(heights);

it('puts rows below one another, the end of the list last', () => {
  expect(tops.slice(0, 4)).toEqual([0, 36, 74, 112]);
  expect(tops).toHaveLength(111);
  expect(tops.at(-1)).toBe(10 * 36 + 100 * 38);
  expect(rowTops([])).toEqual([0]);
});

it('draws every row that has a pixel in sight, and no other', () => {
  for (const [top, bottom] of [
    [0, 300],
    [36, 74],
    [35, 75],
    [1000, 1801],
    [4000, 9000],
    [-480, 500],
    [0.5, 36.5],
    [73.9, 74.1],
  ] as const) {
    const { from, to } = rowsBetween(tops, top, bottom);
    const seen = heights.map((height, index) => tops[index]! < bottom && tops[index]! + height > top);
    expect([top, seen.map((is, index) => (is ? index : -1)).filter((index) => index >= 0)]).toEqual([
      top,
      Array.from({ length: to - from }, (_, index) => from + index),
    ]);
  }
});

it('draws nothing of a list without rows', () => {
  expect(rowsBetween([0], -480, 1200)).toEqual({ from: 0, to: 0 });
});

it('finds its rows among a hundred thousand at once', () => {
  const many = rowTops(Array.from({ length: 100_000 }, () => 38));
  expect(rowsBetween(many, 38 * 70_000, 38 * 70_010)).toEqual({ from: 70_000, to: 70_010 });
});
