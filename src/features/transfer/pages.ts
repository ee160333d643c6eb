/** What chats that go out and come in add to the page. */
import { ArrowDownUp } from 'lucide-react';
import type { PageEntry, WindowEntry } from '#web/pages.ts';

export const words = {
  later: { en: () => import('./web/words/en.json'), ru: () => import('./web/words/ru.json') },
};

export const pages: readonly PageEntry[] = [
  {
    path: '/import',
    access: 'user',
    fetch: () => import('./web/transfer-page.tsx'),
    words: [words.later],
    nav: { group: 'own', order: 35, icon: ArrowDownUp, word: 'transfer' },
  },
];

export const windows: readonly WindowEntry[] = [
  { name: 'export-chat', fetch: () => import('./web/export-chat-dialog.tsx'), words: [words.later] },
  { name: 'export-chats', fetch: () => import('./web/export-chats-dialog.tsx'), words: [words.later] },
];
