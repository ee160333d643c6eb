import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { basePath } from '#web/base-path.ts';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { INPUT } from '#web/ui/field.tsx';
import { Failed, Section, Skeleton } from '#web/ui/page.tsx';
import { HistoryRow } from './history-row.tsx';
import { type HistoryFilter, historyQuery, useHistory } from './use-usage.ts';

const STATES = ['completed', 'failed', 'cancelled', 'timed_out', 'interrupted', 'running', 'queued'] as const;
const CONTROL = cx(INPUT, 'h-11 w-auto! min-w-0 sm:h-9');

/** Everything somebody asked, newest first, to filter and to take along. */
export function History() {
  const t = useTranslations('usage.history');
  const state = useTranslations('usage.state');
  const [filter, setFilter] = useState<HistoryFilter>({ state: '', from: '', to: '' });
  const list = useHistory(filter);
  const entries = list.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.values(filter).some(Boolean);
  return (
    <Section
      title={t('title')}
      action={
        <div className="flex flex-wrap gap-2">
          <ExportLink format="csv" filter={filter} />
          <ExportLink format="json" filter={filter} />
        </div>
      }
    >
      <div className="mt-4 flex flex-wrap items-center gap-2 text-sm">
        <select
          aria-label={t('state')}
          value={filter.state}
          onChange={(event) => setFilter({ ...filter, state: event.target.value })}
          className={cx(CONTROL, 'max-sm:flex-1')}
        >
          <option value="">{t('anyState')}</option>
          {STATES.map((one) => (
            <option key={one} value={one}>
              {state(one)}
            </option>
          ))}
        </select>
        {(['from', 'to'] as const).map((end) => (
          <label
            key={end}
            className="flex items-center gap-2 text-muted max-sm:w-full max-sm:flex-wrap max-sm:justify-between"
          >
            {t(end)}
            <input
              type="date"
              value={filter[end]}
              onChange={(event) => setFilter({ ...filter, [end]: event.target.value })}
              className={cx(CONTROL, 'text-text')}
            />
          </label>
        ))}
        {filtered && (
          <Button small look="quiet" onClick={() => setFilter({ state: '', from: '', to: '' })}>
            {t('clear')}
          </Button>
        )}
      </div>
      {list.isPending && <Skeleton lines={4} className="h-12" />}
      {list.isError && <Failed onRetry={() => void list.refetch()}>{t('failed')}</Failed>}
      {list.isSuccess && entries.length === 0 && (
        <p className="mt-6 text-sm text-muted">{filtered ? t('noneMatches') : t('none')}</p>
      )}
      {entries.length > 0 && (
        <table
          className={cx(
            'mt-3 w-full text-left text-sm tabular-nums transition-opacity',
            list.isPlaceholderData && 'opacity-60',
          )}
        >
          <thead className="text-note text-muted">
            <tr className="border-b border-hairline">
              <th className="py-2 pr-3 font-normal">{t('when')}</th>
              <th className="px-3 py-2 font-normal">{t('how')}</th>
              <th className="px-3 py-2 text-right font-normal max-sm:hidden">{t('waited')}</th>
              <th className="px-3 py-2 text-right font-normal max-md:hidden">{t('firstToken')}</th>
              <th className="py-2 pl-3 text-right font-normal">{t('tokens')}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <HistoryRow key={entry.id} entry={entry} />
            ))}
          </tbody>
        </table>
      )}
      {list.hasNextPage && (
        <Button className="mt-4" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Section>
  );
}

function ExportLink({ format, filter }: { format: 'csv' | 'json'; filter: HistoryFilter }) {
  const t = useTranslations('usage.history');
  const query = historyQuery(filter);
  query.set('format', format);
  return (
    <a
      href={`${basePath}/api/v1/generations/export?${query}`}
      download={`generations.${format}`}
      className="inline-flex h-8 items-center gap-1.5 rounded-medium border border-hairline bg-surface px-2.5 text-note font-medium transition-colors hover:bg-hover touch:h-11"
    >
      <Download size={15} aria-hidden />
      {t(format)}
    </a>
  );
}
