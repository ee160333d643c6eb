/** Somebody else saved meanwhile: both texts side by side, and which of them is to hold. */
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { lazyFile } from '#web/fetch-file.ts';
import { Button } from '#web/ui/button.tsx';
import { Skeleton } from '#web/ui/page.tsx';
import type { Context } from '../contexts.ts';
import { useWhoAndWhen } from './use-who-and-when.ts';

const Difference = lazyFile(() => import('./difference.tsx'));

type ConflictProps = {
  theirs: Pick<Context, 'content' | 'version' | 'updatedAt' | 'updatedBy'>;
  mine: string;
  /** What was changed meanwhile, where that is no text of instructions alone. */
  title?: string;
  busy: boolean;
  onMine: () => void;
  onTheirs: () => void;
};

export default function Conflict({ theirs, mine, title, busy, onMine, onTheirs }: ConflictProps) {
  const t = useTranslations('instructions');
  const whoAndWhen = useWhoAndWhen();
  const [compared, setCompared] = useState(false);
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-label={title ?? t('conflict')}
      className="flex flex-col gap-3 rounded-medium border border-outline bg-surface p-4"
    >
      <p role="alert" className="text-sm text-pretty">
        <span className="font-medium">{title ?? t('conflict')}</span> {t('conflictText')}
      </p>
      <div className="grid gap-3 @lg:grid-cols-2">
        <Text
          title={t('theirs', {
            version: theirs.version,
            what: theirs.updatedAt ? whoAndWhen(theirs.updatedBy, theirs.updatedAt) : '',
          })}
          action={
            <Button small disabled={busy} onClick={onTheirs}>
              {t('takeTheirs')}
            </Button>
          }
        >
          {theirs.content}
        </Text>
        <Text
          title={t('mine')}
          action={
            <Button small look="primary" disabled={busy} onClick={onMine}>
              {t('saveMine')}
            </Button>
          }
        >
          {mine}
        </Text>
      </div>
      <div>
        <Button
          small
          look="quiet"
          aria-expanded={compared}
          className="-ml-2.5"
          onClick={() => setCompared(!compared)}
        >
          {t('showDifference')}
        </Button>
        {compared && (
          <Suspense fallback={<Skeleton lines={2} />}>
            <Difference before={theirs.content} after={mine} />
          </Suspense>
        )}
      </div>
    </section>
  );
}

function Text({ title, action, children }: { title: string; action: ReactNode; children: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <h3 className="text-note font-medium text-muted">{title}</h3>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={title}
        dir="auto"
        className="max-h-72 flex-1 overflow-y-auto rounded-medium border border-hairline p-3 text-sm leading-relaxed whitespace-pre-wrap wrap-anywhere"
      >
        {children}
      </section>
      {action}
    </div>
  );
}
