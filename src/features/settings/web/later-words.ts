import type { LaterWords } from '#web/i18n/words.ts';

/** The words of the fields of settings, fetched with the part that shows them. */
export const later = {
  en: () => import('./words/en.json'),
  ru: () => import('./words/ru.json'),
} satisfies LaterWords;
