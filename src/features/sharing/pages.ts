/** What sharing adds to the page: the window that makes links, and what is at one. */
import type { PageEntry, WindowEntry } from '#web/pages.ts';

export const words = {
  later: { en: () => import('./web/words/en.json'), ru: () => import('./web/words/ru.json') },
};

export const pages: readonly PageEntry[] = [
  {
    path: '/s/:token',
    access: 'public',
    fetch: () => import('./web/shared-page.tsx'),
    words: [words.later],
  },
];

export const windows: readonly WindowEntry[] = [
  { name: 'share', fetch: () => import('./web/share-dialog.tsx'), words: [words.later] },
];
