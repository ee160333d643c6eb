import { CornerLeftUp } from 'lucide-react';
import { type ReactNode, useId, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { FootnotesContext, footnoteId, goTo } from './footnote-mark.tsx';
import { labelsIn } from './text/definitions.ts';
import type { Footnote, References } from './text/references.ts';
import { TextBlock } from './text-block.tsx';

/** Gives the marks in a text their numbers, and puts the texts they lead to after it. */
export function WithFootnotes({ references, children }: { references: References; children: ReactNode }) {
  const t = useTranslations('markdown');
  const id = useId();
  const { numbers, footnotes } = references;
  const context = useMemo(() => ({ id, numbers }), [id, numbers]);
  return (
    <FootnotesContext value={context}>
      {children}
      {footnotes.length > 0 && (
        <section className="footnotes" aria-label={t('footnotes')}>
          <ol>
            {footnotes.map((footnote) => (
              <FootnoteText key={footnote.label} id={id} footnote={footnote} references={references} />
            ))}
          </ol>
        </section>
      )}
    </FootnotesContext>
  );
}

type FootnoteTextProps = { id: string; footnote: Footnote; references: References };

function FootnoteText({ id, footnote, references }: FootnoteTextProps) {
  const t = useTranslations('markdown');
  const { number, text } = footnote;
  return (
    <li id={footnoteId(id, number, 'text')} value={number} tabIndex={-1}>
      <TextBlock
        text={text}
        prefix={references.prefixOf({ labels: labelsIn(text) })}
        open=""
        growing={false}
        near={false}
        watched={false}
      />
      <button
        type="button"
        className="footnote-back"
        aria-label={t('backToText', { number })}
        onClick={() => goTo(footnoteId(id, number, 'mark'))}
      >
        <CornerLeftUp size={13} aria-hidden />
      </button>
    </li>
  );
}
