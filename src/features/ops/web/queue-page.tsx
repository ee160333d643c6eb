/** The line at every endpoint, live: who is served, who waits, how it went lately, and how to steer it. */
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { Choice } from '#web/ui/choice.tsx';
import { cx } from '#web/ui/classes.ts';
import { Failed, Page, Skeleton } from '#web/ui/page.tsx';
import { useClock } from '#web/ui/use-clock.ts';
import type { DashboardRange } from '../dashboard.ts';
import { Board } from './board.tsx';
import { useDashboard } from './use-dashboard.ts';

export default function QueuePage() {
  const t = useTranslations('queue');
  const [range, setRange] = useState<DashboardRange>('hour');
  const dashboard = useDashboard(range);
  const { data } = dashboard;
  const now = useClock(data?.now, dashboard.dataUpdatedAt);
  return (
    <Page
      title={t('title')}
      text={t('text')}
      nav="admin"
      action={
        <div className="w-full sm:w-60">
          <Choice<DashboardRange>
            quiet
            label={t('range')}
            value={range}
            onChange={setRange}
            options={[
              { value: 'hour', label: t('hour') },
              { value: 'day', label: t('day') },
            ]}
          />
        </div>
      }
    >
      {dashboard.isPending && <Skeleton lines={2} className="h-48" />}
      {dashboard.isError && (
        <Failed onRetry={() => void dashboard.refetch()}>{t(data ? 'stale' : 'unread')}</Failed>
      )}
      {data?.items.length === 0 && (
        <p className="mt-10 text-muted">
          {t('none')}{' '}
          <Link
            href="/admin/endpoints"
            className="font-medium text-accent underline-offset-4 hover:underline"
          >
            {t('addEndpoint')}
          </Link>
        </p>
      )}
      <div className={cx('transition-opacity', dashboard.isPlaceholderData && 'opacity-60')}>
        {data?.items.map((board) => (
          <Board key={board.endpointId} board={board} now={now} />
        ))}
      </div>
    </Page>
  );
}
