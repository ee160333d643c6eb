/** What the agents add to the page: their list, and below it each of them with its versions. */
import type { PageEntry, SettingsRoom } from '#web/pages.ts';
import { later } from './web/later-words.ts';

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

export const settings: SettingsRoom = { fetch: () => import('./web/agent-settings.ts'), words: [later] };
