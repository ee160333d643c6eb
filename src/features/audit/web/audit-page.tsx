/** What admins did: who, when, to whom or what. */
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { INPUT } from '#web/ui/field.tsx';
import { Failed, Page, Skeleton } from '#web/ui/page.tsx';
import { SearchField } from '#web/ui/search-field.tsx';
import { ACTIONS, type Action } from '../rules.ts';
import { AuditRow } from './audit-row.tsx';
import { type AuditFilter, useAudit } from './use-audit.ts';
import { wordOf } from './word-of.ts';

const NOTHING: Omit<AuditFilter, 'actor'> = { action: '', from: '', to: '' };

export default function AuditPage() {
  const t = useTranslations('audit');
  const actions = useTranslations('audit.actions');
  const [actor, setActor] = useState('');
  const [filter, setFilter] = useState(NOTHING);
  const change = (part: Partial<typeof NOTHING>) => setFilter((before) => ({ ...before, ...part }));
  const list = useAudit({ ...filter, actor });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = actor !== '' || Object.values(filter).some(Boolean);
  return (
    <Page title={t('title')} text={t('text')} nav="admin">
      <div className="mt-8 flex flex-wrap gap-2">
        <SearchField
          label={t('search')}
          onSearch={setActor}
          className="min-w-[min(100%,11rem)] flex-1 sm:max-w-xs"
        />
        <select
          aria-label={t('action')}
          value={filter.action}
          onChange={(event) => change({ action: event.target.value as Action | '' })}
          className={cx(INPUT, 'h-11 sm:h-9 sm:w-auto!')}
        >
          <option value="">{t('everything')}</option>
          {ACTIONS.map((one) => (
            <option key={one} value={one}>
              {actions(wordOf(one))}
            </option>
          ))}
        </select>
        {(['from', 'to'] as const).map((end) => (
          <label key={end} className="flex flex-1 items-center gap-2 text-note text-muted sm:flex-none">
            {t(end)}
            <input
              type="date"
              value={filter[end]}
              onChange={(event) => change({ [end]: event.target.value })}
              className={cx(INPUT, 'h-11 text-ink sm:h-9')}
            />
          </label>
        ))}
      </div>
      {list.isPending && <Skeleton lines={6} />}
      {list.isError && <Failed onRetry={() => void list.refetch()}>{t('failed')}</Failed>}
      {list.isSuccess && items.length === 0 && (
        <p className="mt-10 text-muted">{t(isFiltered ? 'noMatch' : 'none')}</p>
      )}
      <ul className={cx('mt-3 transition-opacity', list.isPlaceholderData && 'opacity-60')}>
        {items.map((item) => (
          <AuditRow key={item.id} item={item} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button className="mt-4" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Page>
  );
}
