/** What the usage adds to the page. */
import { ChartNoAxesColumn } from 'lucide-react';
import type { PageEntry } from '#web/pages.ts';

export const words = {
  later: { en: () => import('./web/words/en.json'), ru: () => import('./web/words/ru.json') },
};

export const pages: readonly PageEntry[] = [
  {
    path: '/usage',
    access: 'user',
    fetch: () => import('./web/usage-page.tsx'),
    words: [words.later],
    nav: { group: 'own', order: 40, icon: ChartNoAxesColumn, word: 'usage' },
  },
];
