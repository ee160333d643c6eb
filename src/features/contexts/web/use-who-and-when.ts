import { useTranslations } from 'use-intl';
import { useMoment } from '#web/ui/use-moment.ts';

/** Who saved something and when, in one phrase. */
export function useWhoAndWhen() {
  const t = useTranslations('instructions');
  const moment = useMoment();
  return (who: { name: string } | null, when: string): string =>
    t('whoAndWhen', { name: who?.name ?? t('somebody'), when: moment(when) });
}
