import type { LaterWords } from './i18n/words.ts';

/** The words of what the kit has fetched when it is shown. */
export const later = {
  en: () => import('./words/en.json'),
  ru: () => import('./words/ru.json'),
} satisfies LaterWords;
