import type { LaterWords } from '#web/i18n/words.ts';

/** The page floor's own later words. */
export const later = {
  en: () => import('../words/en.json'),
  ru: () => import('../words/ru.json'),
} satisfies LaterWords;
