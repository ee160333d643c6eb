/** The versions of instructions: who saved each and when, what differs, and the way back to it. */
import { lazy, Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { Failed, Skeleton } from '#web/ui/page.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { ContextVersion } from '../contexts.ts';
import { restoreVersion, useVersions } from './use-instructions.ts';
import { useWhoAndWhen } from './use-who-and-when.ts';

const Difference = lazy(() => import('./difference.tsx'));

type VersionsProps = {
  path: string;
  /** The version in force. */
  current: number;
  /** The text in the field. */
  text: string;
};

export default function Versions({ path, current, text }: VersionsProps) {
  const t = useTranslations('instructions');
  const versions = useVersions(path);
  const [compared, setCompared] = useState<number | null>(null);
  const items = versions.data?.pages.flatMap((page) => page.items) ?? [];
  if (versions.isPending) return <Skeleton lines={3} className="h-10" />;
  if (versions.isError && items.length === 0)
    return <Failed onRetry={() => void versions.refetch()}>{t('versionsFailed')}</Failed>;
  return (
    <>
      <ol className="mt-1 flex flex-col" aria-label={t('versions')}>
        {items.map((one) => (
          <li key={one.version} className="border-b border-hairline py-2 last:border-0">
            <Row
              path={path}
              one={one}
              current={current}
              open={compared === one.version}
              onCompare={() => setCompared(compared === one.version ? null : one.version)}
            />
            {compared === one.version && <Comparison one={one} items={items} text={text} />}
          </li>
        ))}
      </ol>
      {versions.hasNextPage && (
        <Button small disabled={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

type RowProps = {
  path: string;
  one: ContextVersion;
  current: number;
  open: boolean;
  onCompare: () => void;
};

function Row({ path, one, current, open, onCompare }: RowProps) {
  const t = useTranslations('instructions');
  const words = useErrorWords();
  const whoAndWhen = useWhoAndWhen();
  const { version, createdBy, createdAt, restoredFrom } = one;
  const restore = async () => {
    try {
      const saved = await restoreVersion(path, version);
      toast(t('restored', { from: version, version: saved.version }));
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
        {version !== current && (
          <Button small aria-label={t('restoreVersion', { version })} onClick={() => void restore()}>
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
function Comparison({ one, items, text }: { one: ContextVersion; items: ContextVersion[]; text: string }) {
  const t = useTranslations('instructions');
  const others = items.filter(({ version }) => version !== one.version);
  const before = others.find(({ version }) => version < one.version);
  const [chosen, setChosen] = useState<string>(before ? String(before.version) : TYPED);
  const other = others.find(({ version }) => String(version) === chosen);
  return (
    <div className="mt-2 flex flex-col gap-2">
      <SelectField
        label={t('compareWith')}
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
        className="max-w-60"
      >
        <option value={TYPED}>{t('typed')}</option>
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
          <Difference before={one.content} after={other?.content ?? text} />
        )}
      </Suspense>
    </div>
  );
}
