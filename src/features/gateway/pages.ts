/** What the gateway adds to the page: the keys that programs use, with an example of how. */
import { KeyRound } from 'lucide-react';
import { words as accounts } from '#features/accounts/pages.ts';
import type { PageEntry } from '#web/pages.ts';

export const words = {
  later: { en: () => import('./web/words/en.json'), ru: () => import('./web/words/ru.json') },
};

export const pages: readonly PageEntry[] = [
  {
    path: '/keys',
    access: 'user',
    fetch: () => import('./web/keys-page.tsx'),
    words: [accounts.later, words.later],
    nav: { group: 'own', order: 50, icon: KeyRound, word: 'keys' },
  },
];
