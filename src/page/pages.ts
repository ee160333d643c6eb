/** What the page floor itself adds, in the shape of a feature. */
import { Keyboard } from 'lucide-react';
import type { Part } from '#web/i18n/fetched-part.tsx';
import type { WindowEntry } from '#web/pages.ts';

export const words = {
  first: { en: () => import('./words/first.en.json'), ru: () => import('./words/first.ru.json') },
  later: { en: () => import('./words/en.json'), ru: () => import('./words/ru.json') },
};

export const windows: readonly WindowEntry[] = [
  {
    name: 'shortcuts',
    fetch: () => import('./shell/shortcuts-dialog.tsx'),
    words: [words.later],
    nav: { group: 'own', order: 20, icon: Keyboard, word: 'shortcuts' },
  },
];

/** Stands where no page has the address. */
export const NOT_FOUND: Part<object> = { fetch: () => import('./shell/not-found.tsx'), words: [words.later] };
