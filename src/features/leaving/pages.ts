/** What leaving for good adds to the page. */
import { words as accounts } from '#features/accounts/pages.ts';
import type { WindowEntry } from '#web/pages.ts';

export const words = {
  later: { en: () => import('./web/words/en.json'), ru: () => import('./web/words/ru.json') },
};

export const windows: readonly WindowEntry[] = [
  {
    name: 'delete-account',
    fetch: () => import('./web/delete-account-dialog.tsx'),
    // Those of the field of a password as well.
    words: [words.later, accounts.later],
  },
];
