import type { LaterWords } from '#web/i18n/words.ts';

/** The words of what is fetched about replies when it is shown. */
export const later = {
  en: () => import('./words/en.json'),
  ru: () => import('./words/ru.json'),
} satisfies LaterWords;
