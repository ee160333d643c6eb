/** What leaving adds to the page of settings. */
import type { SettingsRoom } from '#web/pages.ts';
import { words } from './pages.ts';
import { Leave } from './web/leave.tsx';

export const settings: SettingsRoom = {
  words: [words.later],
  entries: [
    {
      id: 'deleteAccount',
      group: 'account',
      order: 90,
      scope: 'you',
      find: 'delete remove account data erase gdpr удалить учётная запись данные стереть',
      Control: Leave,
    },
  ],
};
