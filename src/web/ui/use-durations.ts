import { useFormatter, useTranslations } from 'use-intl';

/** Milliseconds as people say them: `0.4 s`, `12 s`, `3 min`, `1.5 h`. */
export function useDurations(): (ms: number) => string {
  const t = useTranslations('units');
  const format = useFormatter();
  return (ms) => {
    const seconds = ms / 1000;
    if (seconds >= 5400)
      return t('hours', { value: format.number(seconds / 3600, { maximumFractionDigits: 1 }) });
    if (seconds >= 90)
      return t('minutes', { value: format.number(seconds / 60, { maximumFractionDigits: 0 }) });
    return t('seconds', { value: format.number(seconds, { maximumFractionDigits: seconds < 10 ? 1 : 0 }) });
  };
}
