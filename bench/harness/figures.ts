/** Figures and how they are printed. */

/** The value below which `share` (0 to 1) of the values lie; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Jain's fairness index: 1 when all are equal, 1/n when one has everything. */
export function jainIndex(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0);
  const squares = values.reduce((total, value) => total + value * value, 0);
  return squares === 0 ? 1 : (sum * sum) / (values.length * squares);
}

/** One line of a benchmark's table. `value` is compared with `must` and `aim`. */
export type Figure = {
  what: string;
  value: number;
  unit: string;
  /** The same of the bare pipe, where that means something. */
  floor?: number;
  must?: number;
  aim?: number;
  /** `most` (default): values up to the bound are good; `least`: values from it. */
  bound?: 'most' | 'least';
  /** True: `must` and `aim` are about the ratio to the floor, not about the value. */
  ratio?: boolean;
};

/** Prints the figures of one benchmark as a table. */
export function printTable(title: string, figures: readonly Figure[]): void {
  const head = ['', 'Parley', 'pipe', 'ratio', 'must', 'aim', ''];
  const rows = figures.map((figure) => {
    const { what, value, unit, floor, must, aim } = figure;
    const sign = figure.bound === 'least' ? '≥' : '≤';
    const ratio = floor ? value / floor : undefined;
    const bound = (limit: number | undefined) =>
      limit === undefined ? '' : `${sign} ${round(limit)}${figure.ratio ? ' ×' : ''}`;
    return [
      what,
      `${round(value)} ${unit}`,
      floor === undefined ? '' : `${round(floor)} ${unit}`,
      ratio === undefined ? '' : `${round(ratio)} ×`,
      bound(must),
      bound(aim),
      verdict(figure, ratio),
    ];
  });
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => [...row[at]!].length)));
  const line = (row: string[]) => `  ${row.map((cell, at) => pad(cell, widths[at]!, at > 0)).join('  ')}`;
  console.log(`\n${title}`);
  for (const row of [head, ...rows]) console.log(line(row).trimEnd());
}

function verdict(figure: Figure, ratio: number | undefined): string {
  const measured = figure.ratio ? (ratio ?? Number.NaN) : figure.value;
  const within = (limit: number) => (figure.bound === 'least' ? measured >= limit : measured <= limit);
  if (figure.must === undefined && figure.aim === undefined) return '';
  if (figure.must !== undefined && !within(figure.must)) return 'MISSED';
  return figure.aim === undefined || within(figure.aim) ? 'aim' : 'must';
}

const pad = (text: string, width: number, right: boolean): string => {
  const fill = ' '.repeat(width - [...text].length);
  return right ? fill + text : text + fill;
};

const round = (value: number): string => {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
};
