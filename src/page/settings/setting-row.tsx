import { Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { SettingEntry } from '#web/pages.ts';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { Skeleton } from '#web/ui/page.tsx';

type SettingRowProps = { entry: SettingEntry /** The address names it. */; addressed: boolean };

/** A setting: its name, what it does, for whom, and what changes it. */
export function SettingRow({ entry, addressed }: SettingRowProps) {
  const t = useTranslations('settings');
  const name = useTranslations('settingNames')(entry.id);
  const hint = useTranslations('settingHints')(entry.id);
  const [open, setOpen] = useState(addressed);
  return (
    <li
      id={entry.id}
      tabIndex={-1}
      className={cx(
        'flex scroll-mt-4 flex-col gap-4 py-5 focus:outline-none',
        addressed && '-ms-4 border-s-2 border-accent ps-3.5',
      )}
    >
      <div className="grid gap-x-8 gap-y-3 @2xl:grid-cols-[1fr_19rem] @2xl:items-start">
        <div>
          <h3 className="text-sm font-medium">{name}</h3>
          <p className="mt-0.5 text-note text-pretty text-muted">{hint}</p>
          <p className="mt-1 text-note text-muted">{t(`scope.${entry.scope}`)}</p>
        </div>
        <div className="@2xl:text-end">
          {'Control' in entry && <entry.Control />}
          {'path' in entry && (
            <Link href={entry.path} className={LINK} aria-label={t('openOf', { name })}>
              {t('open')}
            </Link>
          )}
          {'Form' in entry && (
            <Button
              aria-expanded={open}
              aria-label={t(open ? 'foldOf' : 'changeOf', { name })}
              onClick={() => setOpen(!open)}
            >
              {t(open ? 'fold' : 'change')}
            </Button>
          )}
        </div>
      </div>
      {'Form' in entry && open && (
        <div className="max-w-2xl animate-appear">
          <Suspense fallback={<Skeleton lines={2} />}>
            <entry.Form />
          </Suspense>
        </div>
      )}
    </li>
  );
}

/** Looks as a button does: it leads to a page. */
const LINK =
  'inline-flex min-h-9 items-center rounded-medium border border-hairline bg-surface px-3.5 text-sm font-medium ' +
  'transition-colors hover:bg-hover touch:min-h-11';
