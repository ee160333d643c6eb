import { CircleAlert, LoaderCircle } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { cx } from '#web/ui/classes.ts';
import type { Standing } from './use-compared.ts';

type MarksProps = {
  names: readonly string[];
  standings: readonly Standing[];
  /** Which one is in sight. */
  at: number;
  onGoTo: (place: number) => void;
};

/** Where there is room for one reply only: which one it is, how the others stand, and the ways to them. */
export function Marks({ names, standings, at, onGoTo }: MarksProps) {
  const t = useTranslations('compare');
  return (
    <div className="sticky top-3 z-1 mb-2 flex gap-1 bg-canvas @3xl:hidden">
      {names.map((name, place) => {
        const { running, state } = standings[place]!;
        const bad = !running && state !== 'completed';
        return (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: their order is that of the models, for good
            key={place}
            type="button"
            aria-current={place === at ? 'true' : undefined}
            onClick={() => onGoTo(place)}
            className={cx(
              'flex min-h-9 min-w-0 flex-1 items-center justify-center gap-1.5 border-b-2 px-1 text-note transition-colors touch:min-h-11',
              place === at ? 'border-accent font-medium' : 'border-hairline text-muted',
            )}
          >
            {running && (
              <LoaderCircle
                size={13}
                className="shrink-0 animate-spin motion-reduce:animate-none"
                aria-hidden
              />
            )}
            {bad && <CircleAlert size={13} className="shrink-0 text-danger" aria-hidden />}
            <span className="truncate">{name || t('someModel')}</span>
          </button>
        );
      })}
    </div>
  );
}
