import { useFormatter, useTranslations } from 'use-intl';
import { Plot } from '#web/ui/plot.tsx';
import { useDurations } from '#web/ui/use-durations.ts';
import type { EndpointBoard } from '../dashboard.ts';

/** How it went at an endpoint over the range: in numbers, over time, and what went wrong. */
export function BoardWork({ board }: { board: EndpointBoard }) {
  const t = useTranslations('queue');
  const why = useTranslations('queue.error');
  const format = useFormatter();
  const duration = useDurations();
  const { total, buckets } = board;
  const labels = buckets.map(({ at }) =>
    format.dateTime(new Date(at), { hour: 'numeric', minute: '2-digit' }),
  );
  const both = ({ p50, p95 }: { p50: number | null; p95: number | null }) =>
    p50 === null || p95 === null ? '–' : `${duration(p50)} · ${duration(p95)}`;
  const numbers = [
    [t('perMinute'), format.number(total.perMinute, { maximumFractionDigits: 1 })],
    [t('tokens'), format.number(total.outputTokens, { notation: 'compact', maximumFractionDigits: 1 })],
    [t('waits'), both(total.waitMs)],
    [t('firstTokens'), both(total.ttftMs)],
    [t('failures'), t('ofAll', { count: total.failed, all: total.ended })],
  ] as const;
  if (total.ended === 0) return <p className="mt-4 text-sm text-muted">{t('nothing')}</p>;
  const errors = Object.entries(total.errors).sort(([, a], [, b]) => b - a);
  return (
    <>
      <dl className="two-columns mt-5 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-5">
        {numbers.map(([label, value]) => (
          <div key={label}>
            <dt className="text-note text-muted">{label}</dt>
            <dd className="mt-0.5 font-medium tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-4 grid gap-3 lg:grid-cols-3">
        <Plot
          title={t('throughput')}
          kind="stack"
          labels={labels}
          format={(value) => format.number(value)}
          empty={t('nothing')}
          series={[
            { name: t('completed'), look: 'accent', values: buckets.map(({ completed }) => completed) },
            { name: t('cancelled'), look: 'rest', values: buckets.map(({ cancelled }) => cancelled) },
            { name: t('failed'), look: 'danger', values: buckets.map(({ failed }) => failed) },
          ]}
        />
        <Plot
          title={t('waitOverTime')}
          kind="layers"
          labels={labels}
          format={duration}
          empty={t('noWait')}
          series={[
            { name: t('p95'), look: 'queueRest', values: buckets.map(({ waitMs }) => waitMs.p95) },
            { name: t('p50'), look: 'queue', values: buckets.map(({ waitMs }) => waitMs.p50) },
          ]}
        />
        <Plot
          title={t('firstOverTime')}
          kind="layers"
          labels={labels}
          format={duration}
          empty={t('nothing')}
          series={[
            { name: t('p95'), look: 'rest', values: buckets.map(({ ttftMs }) => ttftMs.p95) },
            { name: t('p50'), look: 'accent', values: buckets.map(({ ttftMs }) => ttftMs.p50) },
          ]}
        />
      </div>
      {errors.length > 0 && (
        <ul aria-label={t('failures')} className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-note">
          {errors.map(([code, count]) => (
            <li key={code}>
              <span className="font-medium text-danger tabular-nums">{format.number(count)}</span>{' '}
              <span className="text-muted">
                {why.has(code as 'bad_stream') ? why(code as 'bad_stream') : code}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
