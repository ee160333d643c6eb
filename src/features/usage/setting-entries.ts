/** What the usage adds to the page of settings. */
import type { SettingsRoom } from '#web/pages.ts';
import { words } from './pages.ts';

export const settings: SettingsRoom = {
  words: [words.later],
  entries: [
    {
      id: 'usage',
      group: 'account',
      order: 50,
      scope: 'you',
      find: 'quota limits tokens history export квота лимиты токены история',
      path: '/usage',
    },
  ],
};
