import type { LaterWords } from '#web/i18n/words.ts';

/** The words of everything about agents: all of it is fetched when it is shown. */
export const later = {
  en: () => import('./words/en.json'),
  ru: () => import('./words/ru.json'),
} satisfies LaterWords;
