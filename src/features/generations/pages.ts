/** What the generations add to the page: no pages of their own, but the words of every reply. */
export const words = {
  first: { en: () => import('./web/words/first.en.json'), ru: () => import('./web/words/first.ru.json') },
};
