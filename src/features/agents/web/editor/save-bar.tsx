import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';

type SaveBarProps = {
  action: string;
  /** There is something to save, and it holds. */
  ready: boolean;
  busy: boolean;
  /** Why it could not be saved, or cannot be yet. */
  problem: string | null;
  /** Gives up what is not saved; missing: there is nothing. */
  onDiscard: (() => void) | null;
  onSave: () => void;
};

/** Stays at the foot of a long form: whether it is saved, and how it becomes so. */
export function SaveBar({ action, ready, busy, problem, onDiscard, onSave }: SaveBarProps) {
  const t = useTranslations('agent');
  return (
    <div className="sticky bottom-0 z-10 -mx-4 mt-6 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t border-hairline bg-canvas px-4 py-3 sm:-mx-6 sm:px-6">
      <p className="min-w-0 flex-1 basis-40 text-note text-pretty" aria-live="polite">
        {problem ? <span className="text-danger">{problem}</span> : onDiscard && t('unsaved')}
      </p>
      <span className="ml-auto flex flex-wrap justify-end gap-2">
        {onDiscard && (
          <Button look="quiet" onClick={onDiscard}>
            {t('discard')}
          </Button>
        )}
        <Button look="primary" disabled={!ready || busy} onClick={onSave}>
          {action}
        </Button>
      </span>
    </div>
  );
}
