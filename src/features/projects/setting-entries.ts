/** What the projects add to the page of settings. */
import type { SettingsRoom } from '#web/pages.ts';
import { later } from './web/later-words.ts';

export const settings: SettingsRoom = {
  words: [later],
  entries: [
    {
      id: 'projects',
      group: 'projects',
      order: 10,
      scope: 'project',
      find: 'members invite shared instructions folder участники пригласить общие указания папка',
      path: '/projects',
    },
  ],
};
