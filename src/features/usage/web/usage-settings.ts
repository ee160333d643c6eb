/** What the usage adds to the page of settings. */
import type { SettingEntry } from '#web/pages.ts';

export const SETTINGS: readonly SettingEntry[] = [
  {
    id: 'usage',
    group: 'account',
    order: 50,
    scope: 'you',
    find: 'quota limits tokens history export квота лимиты токены история',
    path: '/usage',
  },
];
