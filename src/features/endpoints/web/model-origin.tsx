import { useTranslations } from 'use-intl';
import type { Origin as From } from '#features/settings/rules.ts';
import { Origin } from '#features/settings/web/index.ts';
import { Button } from '#web/ui/button.tsx';

export type OriginNoteProps = {
  /** Who says which model it is; null: not known yet. */
  from: From | null;
  /** Has the layers below say it again; null: it is not said here. */
  onClear: (() => void) | null;
  /** Leads to all that can be set here; null: there is nothing yet to set it for. */
  onSettings: (() => void) | null;
};

/** Under the list of models: who says which one answers, and the ways to change that. */
export default function ModelOrigin({ close, ...note }: OriginNoteProps & { close: () => void }) {
  const t = useTranslations('origins');
  const { from, onClear, onSettings } = note;
  const closing = (run: () => void) => () => {
    close();
    run();
  };
  return (
    <div className="flex flex-wrap items-center gap-x-1 gap-y-1 border-t border-hairline px-2 py-1.5">
      <span className="mr-auto px-1">{from && <Origin from={from} own={onClear !== null} />}</span>
      {onClear && (
        <Button small look="quiet" onClick={closing(onClear)}>
          {t('clear')}
        </Button>
      )}
      {onSettings && (
        <Button small look="quiet" onClick={closing(onSettings)}>
          {t('settings')}
        </Button>
      )}
    </div>
  );
}
