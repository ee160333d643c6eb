import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Standing } from './use-compared.ts';

type EndsSaidProps = { names: readonly string[]; standings: readonly Standing[] };

/** Tells screen readers which of the models has ended, while they listen. */
export function EndsSaid({ names, standings }: EndsSaidProps) {
  const t = useTranslations('compare');
  const before = useRef(standings);
  const [said, setSaid] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: when one stands elsewhere; what they are called is known by then
  useEffect(() => {
    const ended = standings.flatMap(({ running, state }, place) => {
      const was = before.current[place];
      if (running || !was?.running || was.state === null) return [];
      const model = names[place]!;
      return state === 'completed' ? t('completed', { model }) : t('ended', { model });
    });
    before.current = standings;
    if (ended.length > 0) setSaid(ended.join(' '));
  }, [standings]);
  return (
    <p className="sr-only" aria-live="polite">
      {said}
    </p>
  );
}
