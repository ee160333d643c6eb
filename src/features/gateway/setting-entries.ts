/** What the gateway adds to the page of settings. */
import type { SettingsRoom } from '#web/pages.ts';
import { words } from './pages.ts';

export const settings: SettingsRoom = {
  words: [words.later],
  entries: [
    {
      id: 'keys',
      group: 'account',
      order: 40,
      scope: 'you',
      for: 'account',
      find: 'tokens programs openai access токены программы доступ',
      path: '/keys',
    },
  ],
};
