/** What the accounts add to the page. */
import { Users } from 'lucide-react';
import type { PageEntry, WindowEntry } from '#web/pages.ts';
import { secondFactorWords } from './web/second-factor/words.ts';

export const words = {
  later: { en: () => import('./web/words/en.json'), ru: () => import('./web/words/ru.json') },
};

export const pages: readonly PageEntry[] = [
  {
    path: '/sign-in',
    access: 'public',
    fetch: () => import('./web/sign-in-page.tsx'),
    words: [words.later],
  },
  {
    path: '/sign-up',
    access: 'public',
    fetch: () => import('./web/sign-up-page.tsx'),
    words: [words.later],
  },
  {
    path: '/forgot',
    access: 'public',
    fetch: () => import('./web/forgot-page.tsx'),
    words: [words.later],
  },
  {
    path: '/reset',
    access: 'public',
    fetch: () => import('./web/reset-page.tsx'),
    words: [words.later],
  },
  {
    path: '/verify',
    access: 'public',
    fetch: () => import('./web/verify-page.tsx'),
    words: [words.later],
  },
  {
    path: '/admin/users',
    access: 'admin',
    fetch: () => import('./web/users-page.tsx'),
    words: [words.later],
    nav: { group: 'admin', order: 20, icon: Users, word: 'users' },
  },
];

export const windows: readonly WindowEntry[] = [
  {
    name: 'change-password',
    fetch: () => import('./web/change-password-dialog.tsx'),
    words: [words.later],
  },
  {
    name: 'profile',
    fetch: () => import('./web/profile-dialog.tsx'),
    words: [words.later],
  },
  {
    name: 'second-factor',
    fetch: () => import('./web/second-factor/second-factor-dialog.tsx'),
    words: [secondFactorWords],
  },
  {
    name: 'sign-ins',
    fetch: () => import('./web/sign-ins-dialog.tsx'),
    words: [words.later],
  },
  {
    name: 'sign-out-everywhere',
    fetch: () => import('./web/sign-out-everywhere-dialog.tsx'),
    words: [words.later],
  },
];
