import { useFormatter, useTranslations } from 'use-intl';
import { Plot } from '#web/ui/plot.tsx';
import { useDurations } from '#web/ui/use-durations.ts';
import type { Usage } from '../usage.ts';
import { byDay, byModel, sumUp } from './use-usage.ts';

/** Generations, tokens and waits: all together, day by day, and model by model. */
export function UsagePlots({ usage, days: count }: { usage: Usage; days: number }) {
  const t = useTranslations('usage');
  const format = useFormatter();
  const duration = useDurations();
  const days = byDay(usage, count);
  const labels = days.map(({ date }) => format.dateTime(date, { day: 'numeric', month: 'short' }));
  const total = sumUp(usage.days);
  const number = (value: number) => format.number(value);
  const short = (value: number) => format.number(value, { notation: 'compact', maximumFractionDigits: 1 });
  const wait = (value: number | null) => (value === null ? '–' : duration(value));
  const totals = [
    [t('generations'), number(total.generations)],
    [t('inputTokens'), number(total.inputTokens)],
    [t('outputTokens'), number(total.outputTokens)],
    [t('wait'), wait(total.wait)],
  ] as const;
  return (
    <>
      <dl className="two-columns mt-4 gap-x-6 gap-y-4 sm:grid-cols-4">
        {totals.map(([label, value]) => (
          <div key={label}>
            <dt className="text-note text-muted">{label}</dt>
            <dd className="mt-0.5 text-xl font-semibold tracking-tight tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-5 grid gap-3 lg:grid-cols-2">
        <Plot
          title={t('tokensByDay')}
          kind="stack"
          labels={labels}
          format={short}
          empty={t('nothing')}
          series={[
            { name: t('outputTokens'), look: 'accent', values: days.map((day) => day.outputTokens) },
            { name: t('inputTokens'), look: 'rest', values: days.map((day) => day.inputTokens) },
          ]}
        />
        <Plot
          title={t('waitByDay')}
          kind="stack"
          labels={labels}
          format={duration}
          empty={t('noWait')}
          series={[{ name: t('wait'), look: 'queue', values: days.map((day) => day.wait) }]}
        />
      </div>
      {usage.days.length > 0 && (
        <div className="mt-5 overflow-x-auto">
          <table className="w-full text-left text-sm tabular-nums">
            <thead className="text-note text-muted">
              <tr className="border-b border-hairline">
                <th className="py-2 pr-3 font-normal">{t('model')}</th>
                <th className="px-3 py-2 text-right font-normal">{t('generations')}</th>
                <th className="px-3 py-2 text-right font-normal max-sm:hidden">{t('inputTokens')}</th>
                <th className="px-3 py-2 text-right font-normal max-sm:hidden">{t('outputTokens')}</th>
                <th className="py-2 pl-3 text-right font-normal">{t('wait')}</th>
              </tr>
            </thead>
            <tbody>
              {byModel(usage).map((row) => (
                <tr key={row.model} className="border-b border-hairline">
                  <th className="py-2 pr-3 font-medium break-all">{row.model}</th>
                  <td className="px-3 py-2 text-right">{number(row.generations)}</td>
                  <td className="px-3 py-2 text-right max-sm:hidden">{number(row.inputTokens)}</td>
                  <td className="px-3 py-2 text-right max-sm:hidden">{number(row.outputTokens)}</td>
                  <td className="py-2 pl-3 text-right">{wait(row.wait)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
