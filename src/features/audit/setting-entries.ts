/** What the audit log adds to the page of settings. */
import type { SettingsRoom } from '#web/pages.ts';
import { words } from './pages.ts';

export const settings: SettingsRoom = {
  words: [words.later],
  entries: [
    {
      id: 'audit',
      group: 'instance',
      order: 60,
      scope: 'instance',
      for: 'admin',
      find: 'audit log history admins who журнал аудит действия администраторы',
      path: '/admin/audit',
    },
  ],
};
