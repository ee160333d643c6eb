import { useTranslations } from 'use-intl';
import { FORMER_USER_NAME, markOfGuest } from '../rules.ts';

/** Names people as the page does: guests and who is gone in its own language, everybody else as they are called. */
export function usePersonName(): (name: string) => string {
  const t = useTranslations('account');
  return (name) => {
    if (name === FORMER_USER_NAME) return t('former');
    const mark = markOfGuest(name);
    return mark ? `${t('guest')} ${mark}` : name;
  };
}
