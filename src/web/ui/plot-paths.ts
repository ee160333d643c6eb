/** The shapes of plots: one unit wide for each place, 100 high, the highest at the top. */

/** The next round number (1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten) that is not below `highest`; 1 for nothing. */
export function niceTop(highest: number): number {
  if (highest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  return (
    [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((top) => top >= highest * 0.9999) ??
    highest
  );
}

const GAP = 0.18;
const round = (value: number): number => Math.round(value * 1000) / 1000;

/** Bars that stand on what is `below` them, which grows by what they add. */
export function barsPath(values: readonly (number | null)[], below: number[], top: number): string {
  return values
    .map((value, index) => {
      if (!value) return '';
      const base = below[index] ?? 0;
      below[index] = base + value;
      const [foot, head] = [100 - (base / top) * 100, 100 - ((base + value) / top) * 100];
      return `M${round(index + GAP / 2)} ${round(foot)}V${round(head)}H${round(index + 1 - GAP / 2)}V${round(foot)}Z`;
    })
    .join('');
}
