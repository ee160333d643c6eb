/** What the accounts add to the page of settings. */
import { useTranslations } from 'use-intl';
import type { SettingEntry } from '#web/pages.ts';
import { Button } from '#web/ui/button.tsx';
import { openWindow } from '#web/ui/windows.ts';

function Password() {
  const t = useTranslations('security');
  return <Button onClick={() => openWindow('change-password')}>{t('changePassword')}</Button>;
}

function SignOutEverywhere() {
  const t = useTranslations('security');
  return <Button onClick={() => openWindow('sign-out-everywhere')}>{t('signOutEverywhere')}</Button>;
}

export const SETTINGS: readonly SettingEntry[] = [
  {
    id: 'password',
    group: 'account',
    order: 20,
    scope: 'you',
    for: 'account',
    find: 'security credentials безопасность вход сменить',
    Control: Password,
  },
  {
    id: 'signOutEverywhere',
    group: 'account',
    order: 30,
    scope: 'you',
    for: 'account',
    find: 'sign out log out sessions devices security выйти выход сеансы устройства безопасность',
    Control: SignOutEverywhere,
  },
  {
    id: 'users',
    group: 'instance',
    order: 10,
    scope: 'instance',
    for: 'admin',
    find: 'users accounts roles admins quota limits guests пользователи роли квоты гости администраторы',
    path: '/admin/users',
  },
];
