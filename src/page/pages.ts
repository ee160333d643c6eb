/** What the page floor itself adds, in the shape of a feature. */
import { Keyboard, Settings } from 'lucide-react';
import type { Part } from '#web/i18n/fetched-part.tsx';
import { later as kit } from '#web/later-words.ts';
import type { PageEntry, PanelEntry, WindowEntry } from '#web/pages.ts';

export const words = {
  later: { en: () => import('./words/en.json'), ru: () => import('./words/ru.json') },
};

export const pages: readonly PageEntry[] = [
  {
    path: '/settings',
    access: 'user',
    fetch: () => import('./settings/settings-page.tsx'),
    words: [words.later],
    nav: { group: 'own', order: 10, icon: Settings, word: 'settings' },
  },
];

export const windows: readonly WindowEntry[] = [
  {
    name: 'shortcuts',
    fetch: () => import('./shell/shortcuts-dialog.tsx'),
    words: [words.later],
    nav: { group: 'own', order: 20, icon: Keyboard, word: 'shortcuts' },
  },
];

/** Opened from a block of code in a text of Markdown, which the kit draws. */
export const panels: readonly PanelEntry[] = [
  { name: 'preview', fetch: () => import('#web/markdown/preview/preview-panel.tsx'), words: [kit] },
];

/** Stands where no page has the address. */
export const NOT_FOUND: Part<object> = { fetch: () => import('./shell/not-found.tsx'), words: [words.later] };
