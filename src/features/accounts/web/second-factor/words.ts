/** Fetched with the window of the second factor, and with the second step of a sign-in. */
export const secondFactorWords = {
  en: () => import('./words/en.json'),
  ru: () => import('./words/ru.json'),
};
