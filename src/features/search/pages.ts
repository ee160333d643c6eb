/** What searching adds to the page: one window for what can be found and what can be done. */
import type { WindowEntry } from '#web/pages.ts';

export const words = {
  later: { en: () => import('./web/words/en.json'), ru: () => import('./web/words/ru.json') },
};

export const windows: readonly WindowEntry[] = [
  { name: 'search', fetch: () => import('./web/palette.tsx'), words: [words.later] },
];
