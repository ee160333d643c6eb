import { useCallback } from 'react';
import { useLocale, useTranslations } from 'use-intl';

/** A sentence of the server: in English, and by its name for other languages. */
type Said = {
  detail?: string;
  reason?: string | undefined;
  params?: Record<string, string | number> | undefined;
};

/**
 * Says a sentence of the server in the user's language; null for one that is not known in it, or not yet. In English the server
 * has said it already. Changes with the language only.
 */
export function useSaid(): (said: Said) => string | null {
  const language = useLocale();
  // Fetched after the first words, so no type of them says that they are there.
  const sentences = useTranslations('sentences' as 'errors');
  return useCallback(
    ({ detail, reason, params }) => {
      if (language === 'en') return detail || null;
      const name = reason as 'internal' | undefined;
      return name !== undefined && sentences.has(name) ? sentences(name, params as never) : null;
    },
    [language, sentences],
  );
}
