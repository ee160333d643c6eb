/** Scatter plots one under the other, on the same axes, as an SVG that needs nothing else. */

export type Point = { x: number; y: number };
export type Series = { name: string; colour: string; hollow: boolean; points: Point[] };
export type Panel = { title: string; note: string; series: Series[] };

const WIDTH = 760;
const PANEL = 230;
const MARGIN = { left: 64, right: 20, top: 46, bottom: 34 };
const FONT = 'font-family="system-ui, sans-serif"';

/** The SVG's text. Axes begin at 0 and end after the largest value of all panels. */
export function drawPanels(panels: Panel[], axes: { x: string; y: string }): string {
  const points = panels.flatMap((panel) => panel.series.flatMap((series) => series.points));
  const most = { x: niceEnd(points.map(({ x }) => x)), y: niceEnd(points.map(({ y }) => y)) };
  const height = panels.length * PANEL + 60;
  const legend = panels[0]!.series.map(
    ({ name, colour, hollow }, at) =>
      `${dot(MARGIN.left + 6 + at * 260, height - 16, colour, hollow)}${text(MARGIN.left + 18 + at * 260, height - 12, name)}`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img">
<title>${panels.map(({ title, note }) => `${title}: ${note}`).join('; ')}</title>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
${panels.map((panel, at) => drawPanel(panel, at * PANEL, most, axes.y)).join('\n')}
${text(WIDTH / 2, panels.length * PANEL + 16, axes.x, 'middle')}
${legend.join('\n')}
</svg>
`;
}

function drawPanel({ title, note, series }: Panel, top: number, most: Point, yLabel: string): string {
  const plot = { width: WIDTH - MARGIN.left - MARGIN.right, height: PANEL - MARGIN.top - MARGIN.bottom };
  const x = (value: number) => MARGIN.left + (value / most.x) * plot.width;
  const y = (value: number) => top + MARGIN.top + plot.height - (value / most.y) * plot.height;
  const grid = [0, 1, 2, 3, 4, 5].map((step) => {
    const value = (most.y * step) / 5;
    return `<path d="M${MARGIN.left} ${round(y(value))}H${WIDTH - MARGIN.right}" stroke="#e5e7eb"/>${text(MARGIN.left - 8, y(value) + 4, String(Math.round(value)), 'end')}`;
  });
  const ticks = [0, 1, 2, 3, 4, 5].map((step) =>
    text(
      x((most.x * step) / 5),
      top + PANEL - MARGIN.bottom + 18,
      String(Math.round((most.x * step) / 5)),
      'middle',
    ),
  );
  const middle = round(top + MARGIN.top + plot.height / 2);
  const label = `<g transform="rotate(-90 16 ${middle})">${text(16, middle, yLabel, 'middle')}</g>`;
  const dots = series.flatMap(({ points, colour, hollow }) =>
    points.map((point) => dot(x(point.x), y(point.y), colour, hollow)),
  );
  return [
    text(MARGIN.left, top + 22, title, 'start', 'font-weight="600" font-size="15"'),
    text(MARGIN.left, top + 38, note),
    ...grid,
    ...ticks,
    label,
    ...dots,
  ].join('\n');
}

const round = (value: number): number => Math.round(value * 10) / 10;

const dot = (x: number, y: number, colour: string, hollow: boolean): string =>
  `<circle cx="${round(x)}" cy="${round(y)}" r="${hollow ? 3 : 5}" fill="${hollow ? 'none' : colour}" stroke="${colour}"/>`;

const text = (x: number, y: number, words: string, anchor = 'start', more = 'font-size="12"'): string =>
  `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" fill="#374151" ${FONT} ${more}>${words}</text>`;

/** The end of an axis: a round number not below any of the values. */
function niceEnd(values: number[]): number {
  const most = Math.max(...values, 1);
  const step = 10 ** Math.floor(Math.log10(most)) / 2;
  return Math.ceil(most / step) * step;
}
