import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Markdown } from '#web/markdown/markdown.tsx';
import { setPreferences, usePreferences } from '#web/preferences.ts';
import { cx } from '#web/ui/classes.ts';
import { useSeconds } from '#web/ui/use-seconds.ts';

type ReasoningProps = {
  text: string;
  /** Still being written. */
  growing: boolean;
  /** When it began, by this browser's clock; null for a stored one. */
  from: number | null;
  /** How long it took, in milliseconds, once over and if known. */
  tookMs: number | null;
};

/** What the model thought before it answered: open while it thinks, folded after, unless the reader chose, here or before. */
export function Reasoning({ text, growing, from, tookMs }: ReasoningProps) {
  const t = useTranslations('stage');
  const [chosen, setChosen] = useState(() => usePreferences.getState().thoughtsOpen);
  const choose = (next: boolean) => {
    setChosen(next);
    // To fold what stands open by choice is to let it be as it comes again.
    setPreferences({ thoughtsOpen: next || growing ? next : null });
  };
  const open = chosen ?? growing;
  const running = useSeconds(growing ? from : null);
  const seconds = running ?? (tookMs === null ? null : Math.max(1, Math.round(tookMs / 1000)));
  const label = growing
    ? t('thinking', { seconds: seconds ?? 0 })
    : seconds === null
      ? t('thought')
      : t('thoughtFor', { seconds });
  return (
    <div className="mb-3">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => choose(!open)}
        className="-ml-1 inline-flex h-8 items-center gap-1 rounded-small px-1 text-sm text-muted tabular-nums hover:text-text touch:h-11"
      >
        <ChevronRight size={16} className={cx('transition-transform', open && 'rotate-90')} aria-hidden />
        <span className={cx(growing && 'animate-breathe')}>{label}</span>
      </button>
      {open && (
        <div className="mt-1 animate-appear border-s-2 border-hairline ps-4 text-muted [&_.markdown]:text-row">
          <Markdown text={text} growing={growing} near />
        </div>
      )}
    </div>
  );
}
