import first from './web/words/first.en.json' with { type: 'json' };

/** What the generations add to the page: no pages of their own, but the words of every reply. */
export const words = { first: { en: first, ru: () => import('./web/words/first.ru.json') } };
