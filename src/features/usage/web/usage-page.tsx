/** What somebody has used, what they have left, and everything they asked. */
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Choice } from '#web/ui/choice.tsx';
import { cx } from '#web/ui/classes.ts';
import { Failed, Page, Section, Skeleton } from '#web/ui/page.tsx';
import { History } from './history.tsx';
import { Quota } from './quota.tsx';
import { UsagePlots } from './usage-plots.tsx';
import { useUsage } from './use-usage.ts';

const RANGES = { week: 7, month: 30, quarter: 90 } as const;
type Range = keyof typeof RANGES;

export default function UsagePage() {
  const t = useTranslations('usage');
  const [range, setRange] = useState<Range>('month');
  const usage = useUsage(RANGES[range]);
  return (
    <Page title={t('title')} text={t('text')} nav="own">
      {usage.isPending && <Skeleton lines={3} className="h-24" />}
      {usage.isError && !usage.data && <Failed onRetry={() => void usage.refetch()}>{t('failed')}</Failed>}
      {usage.data && (
        <>
          <Section title={t('quota.title')}>
            <Quota usage={usage.data} />
          </Section>
          <Section
            title={t('overTime')}
            action={
              <div className="w-full sm:w-72">
                <Choice<Range>
                  quiet
                  label={t('overTime')}
                  value={range}
                  onChange={setRange}
                  options={(Object.keys(RANGES) as Range[]).map((value) => ({
                    value,
                    label: t('days', { count: RANGES[value] }),
                  }))}
                />
              </div>
            }
          >
            <div className={cx('transition-opacity', usage.isPlaceholderData && 'opacity-60')}>
              <UsagePlots usage={usage.data} days={RANGES[range]} />
            </div>
          </Section>
        </>
      )}
      <History />
    </Page>
  );
}
