/** What the operation adds to the page of settings. */
import type { SettingEntry } from '#web/pages.ts';

export const SETTINGS: readonly SettingEntry[] = [
  {
    id: 'queue',
    group: 'instance',
    order: 50,
    scope: 'instance',
    for: 'admin',
    find: 'line waiting pause drain workers dashboard пауза ожидание панель',
    path: '/admin/queue',
  },
];
