/** What the agents add to the page of settings. */
import type { SettingsRoom } from '#web/pages.ts';
import { later } from './web/later-words.ts';

export const settings: SettingsRoom = {
  words: [later],
  entries: [
    {
      id: 'agents',
      group: 'models',
      order: 30,
      scope: 'you',
      find: 'assistants personas starters prompts ассистенты роли персонажи',
      path: '/agents',
    },
  ],
};
