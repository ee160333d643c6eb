import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { useSaid } from '#web/i18n/use-said.ts';
import { useMoments } from '#web/ui/use-moments.ts';

/** An `ApiError`, or what the outbox kept of one. */
type Refusal = {
  code?: string;
  detail?: string;
  message?: string;
  reason?: string;
  params?: Record<string, string | number>;
  retryAt?: string | undefined;
};

/**
 * Puts a refusal into the user's words: the page's own where it knows more than the server (`refusals`), else the server's
 * sentence in the user's language, with the time until which a limit lasts. Changes with the language only.
 */
export function useErrorWords(): (error: unknown) => string {
  const t = useTranslations('errors');
  const refusals = useTranslations('refusals');
  const said = useSaid();
  const { when } = useMoments();
  return useCallback(
    (error) => {
      const { code, message, detail = message ?? '', reason, params, retryAt } = (error ?? {}) as Refusal;
      if (code === undefined) return t('internal');
      if (refusals.has(code as 'offline')) return refusals(code as 'offline');
      const words = said({ detail, reason, params }) || detail || t('internal');
      // Other refusals are over soon, and their sentences say so; a limit lasts until then.
      return retryAt && code === 'rate_limited'
        ? `${words} ${t('retryAt', { when: when(new Date(retryAt)) })}`
        : words;
    },
    [t, refusals, said, when],
  );
}
