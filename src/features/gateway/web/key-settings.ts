/** What the gateway adds to the page of settings. */
import type { SettingEntry } from '#web/pages.ts';

export const SETTINGS: readonly SettingEntry[] = [
  {
    id: 'keys',
    group: 'account',
    order: 40,
    scope: 'you',
    for: 'account',
    find: 'tokens programs openai access токены программы доступ',
    path: '/keys',
  },
];
