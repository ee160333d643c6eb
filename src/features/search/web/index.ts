/** What the page may use of searching. */
export { openSearch } from './open-search.ts';
