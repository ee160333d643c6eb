/** White space for regular expressions of PostgreSQL, inside brackets: as JavaScript and Unicode know it, whatever the database's locale does. */

/** All of it but the blank. */
export const OTHER_SPACES =
  '\\t\\n\\v\\f\\r\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff';
/** All of it. */
export const SPACES = ` ${OTHER_SPACES}`;
