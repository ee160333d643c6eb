import { useCallback } from 'react';
import { useFormatter, useTranslations } from 'use-intl';

/** An `ApiError`, or what the outbox kept of one. */
type Refusal = { code: string; detail?: string; message?: string; retryAt?: string | undefined };

/**
 * Puts a refusal into the user's words: by its code where a room has words for that (`refusals`), else the server's own sentence.
 * Changes with the language only.
 */
export function useErrorWords(): (error: unknown) => string {
  const t = useTranslations('errors');
  const refusals = useTranslations('refusals');
  const format = useFormatter();
  return useCallback(
    (error) => {
      const { code, message, detail = message, retryAt } = (error ?? {}) as Refusal;
      if (code === undefined) return t('internal');
      const words = refusals.has(code as 'offline') ? refusals(code as 'offline') : detail || t('internal');
      if (!retryAt) return words;
      const time = format.dateTime(new Date(retryAt), {
        hour: 'numeric',
        minute: '2-digit',
        second: '2-digit',
      });
      return `${words} ${t('retryAt', { time })}`;
    },
    [t, refusals, format],
  );
}
