/** What the page and the server both know of searching, without schemas. */

/** The filters that stand inside what is asked for, as `name:value`, and the values of those that take no others. */
export const FILTERS = {
  tag: null,
  project: null,
  agent: null,
  model: null,
  from: ['me', 'model'],
  in: ['title'],
  archived: ['yes', 'no'],
  before: null,
  after: null,
  has: ['file', 'code'],
  is: ['shared', 'pinned'],
} as const satisfies Record<string, readonly string[] | null>;
export type FilterName = keyof typeof FILTERS;

/** True for the name of a filter. */
export const isFilterName = (name: string): name is FilterName => Object.hasOwn(FILTERS, name);

/** The longest question, in characters. */
export const QUESTION_MAX = 1000;
