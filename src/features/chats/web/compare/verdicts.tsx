import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { NewPreference } from '#features/messages/opinions.ts';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { takeFocus, turnView } from './views.ts';

type Verdict = NewPreference['verdict'];
type VerdictsProps = {
  /** What the replies answer. */
  questionId: string;
  /** What was said of them already. */
  verdict: Verdict | null;
  /** null: they are still written, or whoever is here may not choose. */
  onJudge: ((verdict: Exclude<Verdict, 'better'>) => void) | null;
  disabled: boolean;
};

/** What can be thought of the replies when none is preferred, and the way to look at one at a time. */
export function Verdicts({ questionId, verdict, onJudge, disabled }: VerdictsProps) {
  const t = useTranslations('compare');
  const toAlone = useRef<HTMLButtonElement>(null);
  useEffect(() => takeFocus(questionId, toAlone.current), [questionId]);
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2">
      {onJudge && (
        <fieldset aria-label={t('verdict')} className="flex flex-wrap gap-2">
          {(['tie', 'both_bad'] as const).map((one) => (
            <Button
              key={one}
              small
              aria-pressed={verdict === one}
              disabled={disabled}
              className={cx(verdict === one && 'border-accent text-accent')}
              onClick={() => onJudge(one)}
            >
              {t(one)}
            </Button>
          ))}
        </fieldset>
      )}
      <Button
        ref={toAlone}
        small
        look="quiet"
        className="ml-auto"
        onClick={() => turnView(questionId, 'alone')}
      >
        {t('alone')}
      </Button>
    </div>
  );
}
