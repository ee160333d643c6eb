/** All chats: filtered by what stands in the address, selected, and put in order together. */
import { Tags } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { Failed, Page, Skeleton } from '#web/ui/page.tsx';
import { openWindow } from '#web/ui/windows.ts';
import { BulkBar } from './bulk-bar.tsx';
import { FilterBar } from './filter-bar.tsx';
import { FilterChips } from './filter-chips.tsx';
import { countFilters, NO_FILTERS } from './filters.ts';
import { FoundList } from './found-list.tsx';
import { useFilters } from './use-filters.ts';
import { useFound } from './use-found.ts';

export default function ChatsPage() {
  const t = useTranslations('allChats');
  const words = useErrorWords();
  const [filters, change] = useFilters();
  const list = useFound(filters);
  // As state: a list that is there with the page would ask a ref that is not.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const chats = list.data?.pages.flatMap((page) => page.items) ?? [];
  // What was found by other filters says nothing of how many these find.
  const total = list.isPlaceholderData ? undefined : Math.max(list.data?.pages[0]?.total ?? 0, chats.length);
  const filtered = filters.q !== '' || countFilters(filters) > 0;
  const none = list.isSuccess && !list.isPlaceholderData && chats.length === 0;
  return (
    <Page
      title={t('title')}
      text={t('text')}
      nav="own"
      scroller={setScroller}
      action={
        <Button onClick={() => openWindow('tags')}>
          <Tags size={16} aria-hidden />
          {t('tags')}
        </Button>
      }
    >
      <FilterBar filters={filters} onChange={change} />
      <FilterChips filters={filters} onChange={change} />
      <p role="status" className="mt-4 min-h-5 text-note text-muted tabular-nums">
        {total !== undefined && list.isSuccess && !none && t('count', { count: total })}
      </p>
      {list.isPending && <Skeleton lines={6} className="h-12" />}
      {list.isError && chats.length === 0 && (
        <Failed onRetry={() => void list.refetch()}>{words(list.error)}</Failed>
      )}
      {none && (
        <div className="mt-6 text-sm text-muted">
          <p>{filtered ? t('nothingFound') : t('empty')}</p>
          {filtered && (
            <Button className="mt-3" onClick={() => change(NO_FILTERS)}>
              {t('clear')}
            </Button>
          )}
        </div>
      )}
      {scroller && chats.length > 0 && (
        <FoundList
          chats={chats}
          scroller={scroller}
          stale={list.isPlaceholderData}
          onEnd={() => {
            if (list.hasNextPage && !list.isFetching && !list.isError) void list.fetchNextPage();
          }}
        />
      )}
      {list.isFetchNextPageError && (
        <Failed onRetry={() => void list.fetchNextPage()}>{words(list.error)}</Failed>
      )}
      <BulkBar filters={filters} shown={chats} total={total ?? chats.length} />
    </Page>
  );
}
