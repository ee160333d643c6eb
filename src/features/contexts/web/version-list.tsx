/** The versions of a text: who saved each and when, what differs, and the way back to it. Whose they are is the caller's to know. */
import { Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { lazyFile } from '#web/fetch-file.ts';
import { Button } from '#web/ui/button.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { Failed, Skeleton } from '#web/ui/page.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { ContextVersion } from '../contexts.ts';
import { useWhoAndWhen } from './use-who-and-when.ts';

const Difference = lazyFile(() => import('./difference.tsx'));

type VersionListProps = {
  /** Pages of versions, newest first. */
  list: {
    data: { pages: readonly { items: readonly ContextVersion[] }[] } | undefined;
    isPending: boolean;
    isError: boolean;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    refetch: () => unknown;
    fetchNextPage: () => unknown;
  };
  /** The version in force. */
  current: number;
  /** What is typed and not saved, to compare with; missing: nothing can be. */
  text?: string;
  /** Brings a version back; answers with the number it has now. Missing: whoever is here only reads. */
  onRestore?: (version: number) => Promise<number>;
};

export function VersionList({ list, current, text, onRestore }: VersionListProps) {
  const t = useTranslations('instructions');
  const [compared, setCompared] = useState<number | null>(null);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.isPending) return <Skeleton lines={3} className="h-10" />;
  if (list.isError && items.length === 0)
    return <Failed onRetry={() => void list.refetch()}>{t('versionsFailed')}</Failed>;
  return (
    <>
      <ol className="mt-1 flex flex-col" aria-label={t('versions')}>
        {items.map((one) => (
          <li key={one.version} className="border-b border-hairline py-2 last:border-0">
            <Row
              one={one}
              current={current}
              open={compared === one.version}
              onCompare={() => setCompared(compared === one.version ? null : one.version)}
              onRestore={onRestore}
            />
            {compared === one.version && <Comparison one={one} items={items} text={text} />}
          </li>
        ))}
      </ol>
      {list.hasNextPage && (
        <Button small disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

type RowProps = {
  one: ContextVersion;
  current: number;
  open: boolean;
  onCompare: () => void;
  onRestore: VersionListProps['onRestore'];
};

function Row({ one, current, open, onCompare, onRestore }: RowProps) {
  const t = useTranslations('instructions');
  const words = useErrorWords();
  const whoAndWhen = useWhoAndWhen();
  const { version, createdBy, createdAt, restoredFrom } = one;
  const restore = async (bringBack: NonNullable<typeof onRestore>) => {
    try {
      toast(t('restored', { from: version, version: await bringBack(version) }));
    } catch (error) {
      toast(words(error));
    }
  };
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <p className="min-w-0 text-sm tabular-nums">
        <span className="font-medium">{t('version', { version })}</span>
        {version === current && <span className="ml-2 text-note text-accent">{t('now')}</span>}
        <span className="block text-note text-muted">
          {whoAndWhen(createdBy, createdAt)}
          {restoredFrom !== undefined && ` · ${t('broughtBack', { version: restoredFrom })}`}
        </span>
      </p>
      <span className="flex flex-wrap gap-1.5">
        <Button
          small
          look="quiet"
          aria-expanded={open}
          aria-label={t('compareVersion', { version })}
          onClick={onCompare}
        >
          {t('compare')}
        </Button>
        {version !== current && onRestore && (
          <Button small aria-label={t('restoreVersion', { version })} onClick={() => void restore(onRestore)}>
            {t('restore')}
          </Button>
        )}
      </span>
    </div>
  );
}

/** Stands for the text in the field among the versions. */
const TYPED = 'typed';

/** A version beside another one, or beside what is in the field. */
type ComparisonProps = { one: ContextVersion; items: readonly ContextVersion[]; text: string | undefined };

function Comparison({ one, items, text }: ComparisonProps) {
  const t = useTranslations('instructions');
  const others = items.filter(({ version }) => version !== one.version);
  const before = others.find(({ version }) => version < one.version);
  const nearest = before ?? (text === undefined ? others.at(-1) : undefined);
  const [chosen, setChosen] = useState<string>(nearest ? String(nearest.version) : TYPED);
  const other = others.find(({ version }) => String(version) === chosen);
  return (
    <div className="mt-2 flex flex-col gap-2">
      <SelectField
        label={t('compareWith')}
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
        className="max-w-60"
      >
        {text !== undefined && <option value={TYPED}>{t('typed')}</option>}
        {others.map(({ version }) => (
          <option key={version} value={version}>
            {t('version', { version })}
          </option>
        ))}
      </SelectField>
      <Suspense fallback={<Skeleton lines={2} />}>
        {/* From the older to the newer one. */}
        {other && other.version < one.version ? (
          <Difference before={other.content} after={one.content} />
        ) : (
          <Difference before={one.content} after={other?.content ?? text ?? one.content} />
        )}
      </Suspense>
    </div>
  );
}
