/** Which rows of a long list are drawn: those in sight and some around them; the heights of all are known beforehand. */

/** Rows `from` to `to`, the last one not included. */
export type RowRange = { from: number; to: number };

/** Where each row begins, in CSS pixels; after the last one stands where the list ends. */
export function rowTops(heights: readonly number[]): number[] {
  const tops = [0];
  for (const height of heights) tops.push(tops.at(-1)! + height);
  return tops;
}

/** The rows that have a pixel between two heights of the list. */
export function rowsBetween(tops: readonly number[], top: number, bottom: number): RowRange {
  const from = Math.max(0, firstOf(tops, (row) => row > top) - 1);
  const to = firstOf(tops, (row) => row >= bottom);
  return { from, to: Math.max(from, Math.min(to, tops.length - 1)) };
}

/** The first of which something is true that is true of all after it as well, by binary search. */
function firstOf(tops: readonly number[], is: (top: number) => boolean): number {
  let low = 0;
  let high = tops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (is(tops[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
