import first from './words/first.en.json' with { type: 'json' };

/** The words of the kit: they are few, and every page uses them. */
export const words = { first: { en: first, ru: () => import('./words/first.ru.json') } };
