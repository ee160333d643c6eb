/** What the operation adds to the page of settings. */
import type { SettingsRoom } from '#web/pages.ts';
import { words } from './pages.ts';

export const settings: SettingsRoom = {
  words: [words.later],
  entries: [
    {
      id: 'queue',
      group: 'instance',
      order: 50,
      scope: 'instance',
      for: 'admin',
      find: 'line waiting pause drain workers dashboard пауза ожидание панель',
      path: '/admin/queue',
    },
  ],
};
