import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '#web/ui/button.tsx';

/** Who was called for the next message alone. */
export type Called = { key: string; mark: ReactNode; name: string; words: string; letGo: () => void };

/** They stand above what is typed, each with a way to let it go. */
export function OnceChips({ called }: { called: readonly Called[] }) {
  const t = useTranslations('answering');
  if (called.length === 0) return null;
  return (
    <p className="flex w-full min-w-0 flex-wrap items-center gap-2 text-note text-muted" data-once="">
      {called.map(({ key, mark, name, words, letGo }) => (
        <span
          key={key}
          className="flex min-w-0 items-center gap-1.5 rounded-full bg-accent-soft py-0.5 pr-0.5 pl-2.5 text-text forced-colors:border"
        >
          {mark}
          <span dir="auto" className="truncate">
            {words}
          </span>
          <IconButton small label={t('letGo', { name })} onClick={letGo} className="rounded-full!">
            <X size={14} />
          </IconButton>
        </span>
      ))}
    </p>
  );
}
