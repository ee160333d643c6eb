/** What the chats add to the page, beside the chat itself: that one is the first screen, and stands in the first load. */
import { MessagesSquare } from 'lucide-react';
import { words as endpoints } from '#features/endpoints/pages.ts';
import { words as projects } from '#features/projects/pages.ts';
import { words as settings } from '#features/settings/pages.ts';
import type { PageEntry, PanelEntry, WindowEntry } from '#web/pages.ts';
import { later } from './web/later-words.ts';

export const words = {
  later,
};

export const pages: readonly PageEntry[] = [
  {
    path: '/chats',
    access: 'user',
    fetch: () => import('./web/order/chats-page.tsx'),
    words: [words.later],
    nav: { group: 'own', order: 30, icon: MessagesSquare, word: 'allChats' },
  },
  {
    path: '/archive',
    access: 'user',
    fetch: () => import('./web/order/archive-redirect.tsx'),
    words: [],
  },
  {
    path: '/projects/:projectId/:tab?',
    access: 'user',
    fetch: () => import('./web/project-page.tsx'),
    words: [projects.later, words.later, settings.later],
  },
];

export const windows: readonly WindowEntry[] = [
  { name: 'move-chat', fetch: () => import('./web/move-chat-dialog.tsx'), words: [words.later] },
  {
    name: 'compare-models',
    fetch: () => import('./web/compare/compare-models.tsx'),
    words: [words.later, endpoints.later],
  },
  { name: 'raw-text', fetch: () => import('./web/tree/raw-text.tsx'), words: [words.later] },
  { name: 'tags', fetch: () => import('./web/order/tags-window.tsx'), words: [words.later] },
];

export const panels: readonly PanelEntry[] = [
  { name: 'details', fetch: () => import('./web/details-panel.tsx'), words: [words.later] },
  {
    name: 'chat-settings',
    fetch: () => import('./web/settings/settings-panel.tsx'),
    words: [words.later, settings.later],
  },
  { name: 'tree', fetch: () => import('./web/tree/tree-panel.tsx'), words: [words.later] },
];
