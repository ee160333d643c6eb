import type { TITLE_MAX } from '../rules.ts';

/** The longest title, in characters; the type keeps it equal to the server's without its schemas in the page. */
export const TITLE_LENGTH: typeof TITLE_MAX = 300;
