/** The tags of all chats: how many have each, and another name for it. */
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Failed, Skeleton } from '#web/ui/page.tsx';
import type { TagCount } from '../../order.ts';
import { NO_FILTERS, writeFilters } from './filters.ts';
import { RenameTag } from './rename-tag.tsx';
import { useTags } from './use-tags.ts';

export default function TagsWindow({ onClose }: { onClose: () => void }) {
  const t = useTranslations('tags');
  const list = useTags();
  const [renamed, setRenamed] = useState<string | null>(null);
  const tags = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Dialog title={t('title')} description={t('text')} onClose={onClose}>
      {list.isPending && <Skeleton lines={4} className="h-9" />}
      {list.isError && tags.length === 0 && (
        <Failed onRetry={() => void list.refetch()}>{t('failed')}</Failed>
      )}
      {list.isSuccess && tags.length === 0 && <p className="text-sm text-muted">{t('none')}</p>}
      <ul aria-label={t('title')} className="max-h-[60dvh] overflow-y-auto">
        {tags.map((tag) => (
          <li key={tag.name} className="border-b border-hairline py-1.5 last:border-0">
            {renamed === tag.name ? (
              <RenameTag tag={tag} known={tags} onDone={() => setRenamed(null)} />
            ) : (
              <Row tag={tag} onClose={onClose} onRename={() => setRenamed(tag.name)} />
            )}
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button className="mt-3" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Dialog>
  );
}

type RowProps = { tag: TagCount; onClose: () => void; onRename: () => void };

function Row({ tag: { name, count }, onClose, onRename }: RowProps) {
  const t = useTranslations('tags');
  const format = useFormatter();
  return (
    <span className="flex items-center gap-3">
      <Link
        href={`/chats${writeFilters({ ...NO_FILTERS, archived: 'all', tags: [name] })}`}
        onClick={onClose}
        dir="auto"
        className="min-w-0 flex-1 truncate rounded-small text-sm underline-offset-4 hover:underline"
      >
        {name}
      </Link>
      <span className="text-note text-muted tabular-nums">{format.number(count)}</span>
      <Button small look="quiet" aria-label={t('renameOf', { name })} onClick={onRename}>
        {t('rename')}
      </Button>
    </span>
  );
}
