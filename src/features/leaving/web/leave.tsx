import { useTranslations } from 'use-intl';
import { useMe } from '#features/accounts/web/index.ts';
import { Button } from '#web/ui/button.tsx';
import { openWindow } from '#web/ui/windows.ts';

/** Begins to leave for good, which asks first. */
export function Leave() {
  const t = useTranslations('leaving');
  const { data: me } = useMe();
  const guest = me?.role === 'guest';
  return (
    <Button onClick={() => openWindow('delete-account')}>{t(guest ? 'openGuest' : 'openAccount')}</Button>
  );
}
