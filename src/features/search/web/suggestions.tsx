import { useTranslations } from 'use-intl';
import { COMMON } from './suggest-filters.ts';

type SuggestionsProps = { typed: string; suggested: readonly string[]; onSuggest: (word: string) => void };

/** Filters that may follow, to press; Tab takes the first. Before anything is typed, those that help most. */
export function Suggestions({ typed, suggested, onSuggest }: SuggestionsProps) {
  const t = useTranslations('search');
  const words = typed.trim() === '' ? COMMON : suggested;
  if (words.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons that belong together, which no fieldset is
    <div
      role="group"
      aria-label={t('filters')}
      className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-hairline px-4 py-2"
    >
      {words.map((word, index) => (
        <button
          key={word}
          type="button"
          onClick={() => onSuggest(word)}
          className="h-7 rounded-small border border-hairline px-2 font-mono text-xs text-muted transition-colors hover:bg-hover hover:text-text touch:h-9"
        >
          {word}
          {index === 0 && suggested.length > 0 && (
            <span className="ml-1.5 font-sans text-tiny max-sm:hidden">Tab</span>
          )}
        </button>
      ))}
    </div>
  );
}
