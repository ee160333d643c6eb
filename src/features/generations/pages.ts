import type { PanelEntry } from '#web/pages.ts';
import { later } from './web/later-words.ts';

/** What the generations add to the page: no pages of their own, but the words of every reply, and what a model was told for one. */
export const words = {
  later,
};

export const panels: readonly PanelEntry[] = [
  { name: 'told', fetch: () => import('./web/told-panel.tsx'), words: [words.later] },
];
