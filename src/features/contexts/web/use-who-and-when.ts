import { useTranslations } from 'use-intl';
import { useTimestamp } from '#web/ui/use-timestamp.ts';

/** Who saved something and when, in one phrase. */
export function useWhoAndWhen() {
  const t = useTranslations('instructions');
  const timestamp = useTimestamp();
  return (who: { name: string } | null, when: string): string =>
    t('whoAndWhen', { name: who?.name ?? t('somebody'), when: timestamp(when) });
}
