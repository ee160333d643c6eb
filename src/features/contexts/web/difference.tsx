/** What differs between two texts, in one text: what was taken out is struck through, what came in is underlined. */
import { type Change, diffLines, diffWordsWithSpace } from 'diff';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';

/** Comparing word by word takes longer the more differs; beyond this it is done by lines. */
const TIMEOUT_MS = 300;

/** Word by word; where that takes too long line by line; at the worst one text after the other. */
export function changesOf(before: string, after: string): Change[] {
  const patience = { timeout: TIMEOUT_MS };
  return (
    diffWordsWithSpace(before, after, patience) ??
    diffLines(before, after, patience) ?? [
      { value: before, removed: true, added: false, count: 1 },
      { value: after, removed: false, added: true, count: 1 },
    ]
  );
}

export default function Difference({ before, after }: { before: string; after: string }) {
  const t = useTranslations('instructions');
  const changes = useMemo(() => changesOf(before, after), [before, after]);
  if (before === after) return <p className="text-note text-muted">{t('same')}</p>;
  return (
    <section
      aria-label={t('difference')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      dir="auto"
      className="max-h-96 overflow-y-auto rounded-medium border border-hairline bg-surface p-3 text-sm leading-relaxed whitespace-pre-wrap wrap-anywhere"
    >
      {changes.map((change, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they never move
        <Piece key={index} {...change} />
      ))}
    </section>
  );
}

function Piece({ value, added, removed }: Change) {
  if (added)
    return (
      <ins className="rounded-small bg-accent-soft decoration-accent decoration-2 underline-offset-2">
        {value}
      </ins>
    );
  if (removed) return <del className="rounded-small bg-danger-soft text-danger">{value}</del>;
  return <span>{value}</span>;
}
