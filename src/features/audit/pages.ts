/** What the audit log adds to the page. */
import { ClipboardList } from 'lucide-react';
import type { PageEntry } from '#web/pages.ts';

export const words = {
  later: { en: () => import('./web/words/en.json'), ru: () => import('./web/words/ru.json') },
};

export const pages: readonly PageEntry[] = [
  {
    path: '/admin/audit',
    access: 'admin',
    fetch: () => import('./web/audit-page.tsx'),
    words: [words.later],
    nav: { group: 'admin', order: 60, icon: ClipboardList, word: 'audit' },
  },
];
