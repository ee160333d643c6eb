/** What the projects add to the page. A project itself shows its chats, and is added with those. */
import type { PageEntry } from '#web/pages.ts';
import { later } from './web/later-words.ts';

export const words = {
  later,
};

export const pages: readonly PageEntry[] = [
  {
    path: '/projects',
    access: 'user',
    fetch: () => import('./web/projects-page.tsx'),
    words: [words.later],
  },
  {
    path: '/join/:token',
    access: 'user',
    fetch: () => import('./web/join-page.tsx'),
    words: [words.later],
  },
];
