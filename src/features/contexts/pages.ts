/** What the instructions add to the page. */
import { ScrollText } from 'lucide-react';
import type { PageEntry } from '#web/pages.ts';
import { later } from './web/later-words.ts';

export const words = {
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
