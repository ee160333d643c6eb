/** What is said to guests of how long they are kept, fetched for guests alone. */
export const guestWords = {
  en: () => import('./words/en.json'),
  ru: () => import('./words/ru.json'),
};
