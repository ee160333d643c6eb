/** What the agents add to the page of settings. */
import type { SettingEntry } from '#web/pages.ts';

export const SETTINGS: readonly SettingEntry[] = [
  {
    id: 'agents',
    group: 'models',
    order: 30,
    scope: 'you',
    find: 'assistants personas starters prompts ассистенты роли персонажи',
    path: '/agents',
  },
];
