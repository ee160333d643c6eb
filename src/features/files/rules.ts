/** What holds for files on the server and on the page. */

/** Files in one request. */
export const MOST_AT_ONCE = 50;
