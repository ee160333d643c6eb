import { useTranslations } from 'use-intl';
import { markOfGuest } from '../rules.ts';

/** Names people as the page does: guests in its own language, each with their mark, everybody else as they are called. */
export function usePersonName(): (name: string) => string {
  const t = useTranslations('account');
  return (name) => {
    const mark = markOfGuest(name);
    return mark ? `${t('guest')} ${mark}` : name;
  };
}
