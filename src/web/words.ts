/** The words of the kit: they are few, and every page uses them. */
export const words = {
  first: { en: () => import('./words/first.en.json'), ru: () => import('./words/first.ru.json') },
};
