/** What the operation of this Parley adds to the page. */
import { ListOrdered } from 'lucide-react';
import type { PageEntry } from '#web/pages.ts';

export const words = {
  later: { en: () => import('./web/words/en.json'), ru: () => import('./web/words/ru.json') },
};

export const pages: readonly PageEntry[] = [
  {
    path: '/admin/queue',
    access: 'admin',
    fetch: () => import('./web/queue-page.tsx'),
    words: [words.later],
    nav: { group: 'admin', order: 10, icon: ListOrdered, word: 'queue' },
  },
];
