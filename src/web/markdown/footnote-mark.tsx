import { createContext, useContext } from 'react';
import { useTranslations } from 'use-intl';

type Footnotes = {
  /** Begins the ids of this text's footnotes: several texts may have a first one. */
  readonly id: string;
  readonly numbers: ReadonlyMap<string, number>;
};

/** The footnotes of the text a block belongs to. */
export const FootnotesContext = createContext<Footnotes>({ id: '', numbers: new Map() });

/** The id of a footnote's text, or of the first place that means it. */
export const footnoteId = (id: string, number: number, kind: 'text' | 'mark'): string =>
  `${id}-${kind}-${number}`;

/** The raised number that leads to a footnote: a button, because the page's own addresses are its routes. */
export function FootnoteMark({ label }: { label: string }) {
  const t = useTranslations('markdown');
  const { id, numbers } = useContext(FootnotesContext);
  const number = numbers.get(label);
  if (number === undefined) return null;
  return (
    <sup className="footnote-mark">
      <button
        type="button"
        id={footnoteId(id, number, 'mark')}
        aria-label={t('footnote', { number })}
        onClick={() => goTo(footnoteId(id, number, 'text'))}
      >
        {number}
      </button>
    </sup>
  );
}

/** Brings an element into sight and puts the focus on it. */
export function goTo(id: string): void {
  const element = document.getElementById(id);
  element?.scrollIntoView({ block: 'nearest' });
  element?.focus({ preventScroll: true });
}
