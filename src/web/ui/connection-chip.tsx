import { useTranslations } from 'use-intl';
import { useLiveStatus } from '#web/live/live-status.ts';

/** A small word while the live connection is being found again; nothing while all is well. */
export function ConnectionChip() {
  const t = useTranslations('header');
  const offline = useLiveStatus(({ status }) => status === 'offline');
  return (
    <span role="status" className="absolute inset-x-0 top-(--header-height) z-30 mx-auto w-fit">
      {offline && (
        <span className="flex animate-rise items-center gap-2 rounded-full border border-hairline bg-surface px-3 py-1 text-note text-muted shadow-float">
          <span className="size-1.5 animate-breathe rounded-full bg-down" aria-hidden="true" />
          {t('reconnecting')}
        </span>
      )}
    </span>
  );
}
