/** Small plots: bars over time, with a value under the pointer and a table that says the same. */
import { type PointerEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { cx } from './classes.ts';
import { barsPath, niceTop } from './plot-paths.ts';

const LOOKS = {
  accent: 'fill-accent bg-accent',
  rest: 'fill-outline bg-outline',
  queue: 'fill-queue bg-queue',
  queueRest: 'fill-queue-rest bg-queue-rest',
  danger: 'fill-down bg-down',
} as const;

export type Series = {
  name: string;
  look: keyof typeof LOOKS;
  /** One for each label; null where nothing was measured. */
  values: readonly (number | null)[];
};

type PlotProps = {
  title: string;
  /** `stack`: bars stand on each other. `layers`: the later ones stand before the earlier, which are higher. */
  kind: 'stack' | 'layers';
  /** What each place on the time axis is called. */
  labels: readonly string[];
  series: readonly Series[];
  format: (value: number) => string;
  /** Said instead of an empty plot. */
  empty: string;
};

export function Plot({ title, kind, labels, series, format, empty }: PlotProps) {
  const [at, setAt] = useState<number | null>(null);
  const sums = labels.map((_, index) => series.reduce((sum, one) => sum + (one.values[index] ?? 0), 0));
  const highest = kind === 'stack' ? Math.max(...sums, 0) : Math.max(...series.flatMap(known), 0);
  const top = niceTop(highest);
  const point = ({ currentTarget, clientX }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    setAt(Math.min(labels.length - 1, Math.max(0, Math.floor(((clientX - left) / width) * labels.length))));
  };
  return (
    <figure className="min-w-0 rounded-medium border border-hairline bg-surface p-4">
      <figcaption className="text-note">
        <span className="font-medium">{title}</span>
        <span className="mt-1 flex min-h-5 flex-wrap gap-x-3 text-muted tabular-nums">
          {at !== null && <span className="text-text">{labels[at]}</span>}
          {series.map((one) => (
            <span key={one.name} className="inline-flex items-center gap-1.5">
              <span className={cx('h-2.5 w-1.5 rounded-full', LOOKS[one.look])} aria-hidden="true" />
              {one.name}
              {at !== null && ` ${valueAt(one, at, format)}`}
            </span>
          ))}
        </span>
      </figcaption>
      {highest === 0 ? (
        <p className="grid h-28 place-items-center text-note text-muted">{empty}</p>
      ) : (
        <div aria-hidden="true">
          <div className="mt-2 flex h-4 items-end text-tiny leading-none text-muted tabular-nums">
            {format(top)}
          </div>
          <div
            className="relative mt-1 h-24 touch-pan-y border-y border-hairline"
            onPointerMove={point}
            onPointerLeave={() => setAt(null)}
          >
            {at !== null && (
              <span
                className="absolute inset-y-0 bg-hover"
                style={{ left: `${(at / labels.length) * 100}%`, width: `${100 / labels.length}%` }}
              />
            )}
            <Drawing kind={kind} count={labels.length} series={series} top={top} />
          </div>
          <div className="mt-1.5 flex justify-between text-tiny leading-none text-muted tabular-nums">
            <span>{labels[0]}</span>
            <span>{labels.at(-1)}</span>
          </div>
        </div>
      )}
      {highest > 0 && <PlotTable {...{ title, labels, series, format }} />}
    </figure>
  );
}

type DrawingProps = Pick<PlotProps, 'kind' | 'series'> & { count: number; top: number };

function Drawing({ kind, count, series, top }: DrawingProps) {
  const below = new Array<number>(count).fill(0);
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${count} 100`}
      preserveAspectRatio="none"
      className="absolute inset-0 size-full overflow-visible"
    >
      {series.map((one) => (
        <path
          key={one.name}
          d={barsPath(one.values, kind === 'stack' ? below : [], top)}
          className={LOOKS[one.look]}
        />
      ))}
    </svg>
  );
}

function PlotTable({ title, labels, series, format }: Omit<PlotProps, 'kind' | 'empty'>) {
  const t = useTranslations('plot');
  const [open, setOpen] = useState(false);
  return (
    <details className="mt-2 text-note" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer text-muted hover:text-text" aria-label={`${t('table')}: ${title}`}>
        {t('table')}
      </summary>
      {open && (
        <div className="mt-2 max-h-56 overflow-auto">
          <table className="w-full text-left tabular-nums">
            <thead className="text-muted">
              <tr>
                <th className="py-1 pr-3 font-normal">{t('time')}</th>
                {series.map((one) => (
                  <th key={one.name} className="py-1 pl-3 text-right font-normal">
                    {one.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {labels.map((label, index) => (
                <tr key={label} className="border-t border-hairline">
                  <th className="py-1 pr-3 font-normal">{label}</th>
                  {series.map((one) => (
                    <td key={one.name} className="py-1 pl-3 text-right">
                      {valueAt(one, index, format)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}

const known = (one: Series): number[] => one.values.filter((value) => value !== null);

function valueAt(one: Series, index: number, format: (value: number) => string): string {
  const value = one.values[index];
  return value === null || value === undefined ? '–' : format(value);
}
