/** What the instructions add to the page of settings. */

import { lazyFile } from '#web/fetch-file.ts';
import type { SettingsRoom } from '#web/pages.ts';
import { later } from './web/later-words.ts';

export const settings: SettingsRoom = {
  words: [later],
  entries: [
    {
      id: 'instructions',
      group: 'models',
      order: 20,
      scope: 'you',
      find: 'system prompt custom instructions personalization memory about me системный промпт инструкции персонализация обо мне',
      Form: lazyFile(() => import('./web/personal-instructions.tsx')),
    },
    {
      id: 'primaryInstructions',
      group: 'instance',
      order: 40,
      scope: 'instance',
      for: 'admin',
      find: 'system prompt context primary системный промпт инструкции контекст',
      path: '/admin/context',
    },
  ],
};
