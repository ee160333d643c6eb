import { createElement, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Glyph } from '../parse/tree.ts';

type FormulaProps = { tex: string; display: boolean; drawn: Glyph | null };

/** A formula; what cannot be set, or has not been yet, is shown as it is written. */
export function Formula({ tex, display, drawn }: FormulaProps) {
  const t = useTranslations('markdown');
  if (drawn === null) return display ? <Source tex={tex} /> : <code dir="ltr">{tex}</code>;
  if (!display)
    return (
      <span className="formula" dir="ltr">
        {drawGlyph(drawn, 0)}
      </span>
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of fields is something else
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <span className="formula-display" role="group" tabIndex={0} aria-label={t('formula')} dir="ltr">
      {drawGlyph(drawn, 0)}
    </span>
  );
}

const Source = ({ tex }: { tex: string }) => (
  <code className="formula-source" dir="ltr">
    {tex}
  </code>
);

/** Elements and attributes were chosen by who read them (`parse/read-markup.ts`). */
function drawGlyph(glyph: Glyph, key: number): ReactNode {
  if (typeof glyph === 'string') return glyph;
  const { class: className, 'stroke-width': strokeWidth, ...attributes } = glyph.attributes;
  return createElement(
    glyph.name,
    { key, ...attributes, className, strokeWidth, style: glyph.style },
    ...glyph.children.map(drawGlyph),
  );
}
