/** Rules about chats that the page runs as well, so they need no schemas. */

/** The longest title, in characters. */
export const TITLE_MAX = 300;

/** A title for a chat that has none: the first line of its first message, cut at a word near 60 characters. */
export function titleFrom(text: string): string {
  const line = text
    .trim()
    .split('\n', 1)[0]!
    .replace(/\s+/g, ' ')
    .replace(/^[#>*\-\s]+/, '')
    .trim();
  if (line.length <= 60) return line;
  const cut = line.slice(0, 60).toWellFormed().replace('\uFFFD', '');
  return `${cut.includes(' ') ? cut.slice(0, cut.lastIndexOf(' ')) : cut}…`;
}

/** What can be done to many chats at once. */
export const BULK_ACTIONS = ['archive', 'restore', 'delete', 'move', 'tag', 'untag', 'pin', 'unpin'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

/** Chats that can be named by their ids in one go. */
export const MOST_IDS = 10_000;
/** Tags of one chat. */
export const MOST_TAGS = 50;
