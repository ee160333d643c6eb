/** What the endpoints add to the page. */
import { Server } from 'lucide-react';
import { words as settings } from '#features/settings/pages.ts';
import type { PageEntry } from '#web/pages.ts';
import { later } from './web/later-words.ts';

export const words = {
  later,
};

export const pages: readonly PageEntry[] = [
  {
    path: '/admin/endpoints',
    access: 'admin',
    fetch: () => import('./web/endpoints-page.tsx'),
    words: [words.later, settings.later],
    nav: { group: 'admin', order: 30, icon: Server, word: 'endpoints' },
  },
];
