import type { LaterWords } from '#web/i18n/words.ts';

/** The words of the parts that are fetched when they are shown. */
export const later = {
  en: () => import('./words/en.json'),
  ru: () => import('./words/ru.json'),
} satisfies LaterWords;
