import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';

/** A table that scrolls sideways where it is wider than its text. */
export function ScrollingTable({ children }: { children: ReactNode }) {
  const t = useTranslations('markdown');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="table-scroll" tabIndex={0} aria-label={t('table')} dir="auto">
      <table>{children}</table>
    </section>
  );
}
