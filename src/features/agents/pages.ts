/** What the agents add to the page: their list, and below it each of them with its versions. */
import type { PageEntry } from '#web/pages.ts';

/** Named in `web/parts.ts`. */
export const words = {};

export const pages: readonly PageEntry[] = [
  {
    path: '/agents/:agentId?/:version?',
    access: 'user',
    fetch: () => import('./web/all-pages.tsx'),
    words: [],
  },
];
