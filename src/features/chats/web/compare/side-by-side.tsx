/** The replies of a comparison beside each other, and what the reader thinks of them. */
import { type ComponentProps, type CSSProperties, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useModels } from '#features/endpoints/web/index.ts';
import type { Reply } from '#features/generations/web/index.ts';
import type { NewPreference } from '#features/messages/opinions.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { cx } from '#web/ui/classes.ts';
import { toast } from '#web/ui/toast.tsx';
import { Column } from './column.tsx';
import { EndsSaid } from './ends-said.tsx';
import { Marks } from './marks.tsx';
import { nameModels } from './model-names.ts';
import { prefer } from './prefer.ts';
import { type ComparedReply, useCompared, useStandings } from './use-compared.ts';
import { useSwipedRow } from './use-swiped-row.ts';
import { Verdicts } from './verdicts.tsx';

type SideBySideProps = ComponentProps<typeof Reply> & {
  /** The one that is shown when they are looked at one at a time. */
  message: ComparedReply;
  /** Whoever is here may look, and choose nothing. */
  reads: boolean;
};

/** As many as stand beside each other where the room is not wide enough for all. */
const WIDE: Record<number, string> = {
  2: '@3xl:grid-cols-2',
  3: '@3xl:grid-cols-3',
  4: '@3xl:grid-cols-2 @6xl:grid-cols-4',
};

export function SideBySide({ message, reads, ...reply }: SideBySideProps) {
  const t = useTranslations('compare');
  const words = useErrorWords();
  const { data: models } = useModels();
  const found = useCompared(message);
  const standings = useStandings(found.map((one) => one.message));
  const names = nameModels(
    standings.map(({ model }) => model),
    models ?? [],
  );
  const [judging, setJudging] = useState(false);
  const alive = useRef(true);
  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
    };
  }, []);
  const { row, at, goTo } = useSwipedRow();
  const { preference } = message.compared;
  const written = standings.every(({ running }) => !running);
  const choosable = !reads && written && standings.some(({ begun }) => begun);
  const judge = (verdict: NewPreference['verdict'], chosen: string | null) => {
    const reason = preference?.verdict === verdict && preference.chosen === chosen ? preference.reason : '';
    setJudging(true);
    prefer(message, { verdict, chosen, reason })
      .catch((error) => toast(words(error)))
      .finally(() => alive.current && setJudging(false));
  };
  return (
    <section
      aria-label={t('title', { count: found.length })}
      className="compared"
      style={{ '--columns': found.length } as CSSProperties}
    >
      <Marks names={names} standings={standings} at={at} onGoTo={goTo} />
      <div
        ref={row}
        className={cx(
          'flex snap-x snap-mandatory gap-3 overflow-x-auto overscroll-x-contain [scrollbar-width:none]',
          '@3xl:grid @3xl:snap-none @3xl:overflow-visible',
          WIDE[found.length],
        )}
      >
        {found.map((one, place) => (
          <Column
            key={one.id}
            {...reply}
            {...one}
            name={names[place]!}
            standing={standings[place]!}
            reads={reads}
            chosen={preference?.verdict === 'better' && preference.chosen === one.id}
            onPrefer={choosable ? () => judge('better', one.id) : null}
            disabled={judging}
          />
        ))}
      </div>
      <Verdicts
        questionId={message.parentId!}
        verdict={preference?.verdict ?? null}
        onJudge={choosable ? (verdict) => judge(verdict, null) : null}
        disabled={judging}
      />
      <EndsSaid names={names} standings={standings} />
    </section>
  );
}
