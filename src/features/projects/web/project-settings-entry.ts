/** What the projects add to the page of settings. */
import type { SettingEntry } from '#web/pages.ts';

export const SETTINGS: readonly SettingEntry[] = [
  {
    id: 'projects',
    group: 'projects',
    order: 10,
    scope: 'project',
    find: 'members invite shared instructions folder участники пригласить общие указания папка',
    path: '/projects',
  },
];
