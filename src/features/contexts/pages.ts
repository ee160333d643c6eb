/** What the instructions add to the page. */
import { ScrollText } from 'lucide-react';
import type { PageEntry, SettingsRoom, WindowEntry } from '#web/pages.ts';
import { later } from './web/later-words.ts';

export const words = {
  first: { en: () => import('./web/words/first.en.json'), ru: () => import('./web/words/first.ru.json') },
  later,
};

export const pages: readonly PageEntry[] = [
  {
    path: '/admin/context',
    access: 'admin',
    fetch: () => import('./web/context-page.tsx'),
    words: [words.later],
    nav: { group: 'admin', order: 40, icon: ScrollText, word: 'context' },
  },
];

export const settings: SettingsRoom = {
  fetch: () => import('./web/context-settings.tsx'),
  words: [words.later],
};

/** Opened from the settings of a chat. */
export const windows: readonly WindowEntry[] = [
  { name: 'instructions', fetch: () => import('./web/instructions-dialog.tsx'), words: [words.later] },
];
