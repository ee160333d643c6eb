/** Fetched where there are identity providers, or where one has sent somebody back. */
export const providerWords = {
  en: () => import('./words/en.json'),
  ru: () => import('./words/ru.json'),
};
