/** What the accounts add to the page of settings. */
import type { SettingsRoom } from '#web/pages.ts';
import { words } from './pages.ts';
import { Password, Profile, SecondFactor, SignIns, SignOutEverywhere } from './web/security-settings.tsx';

export const settings: SettingsRoom = {
  words: [words.later],
  entries: [
    {
      id: 'profile',
      group: 'account',
      order: 10,
      scope: 'you',
      for: 'account',
      find: 'name email address profile verify имя почта адрес профиль подтвердить',
      Control: Profile,
    },
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
      id: 'secondFactor',
      group: 'account',
      order: 25,
      scope: 'you',
      for: 'account',
      find: 'two-factor 2fa totp authenticator code security двухфакторная код приложение вход безопасность',
      Control: SecondFactor,
    },
    {
      id: 'signIns',
      group: 'account',
      order: 27,
      scope: 'you',
      for: 'account',
      find: 'sessions devices browsers security сеансы устройства браузеры безопасность',
      Control: SignIns,
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
  ],
};
