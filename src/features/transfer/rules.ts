/** Rules about chats that go out and come in, for the page as well, so they need no schemas. */

/** How one chat can go out: the record, or its shown branch to read. */
export const CHAT_FORMATS = ['json', 'md', 'html', 'txt'] as const;
export type ChatFormat = (typeof CHAT_FORMATS)[number];
/** How many go out at once: records a line each, records a file each, or all of them to read. */
export const LIST_FORMATS = ['jsonl', 'zip', 'md'] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];

/** What can be told by its keys when it comes in. */
export const IMPORT_FORMATS = ['parley', 'chatgpt', 'claude', 'open-webui', 'librechat', 'sharegpt'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** Of an archive with all of somebody's data: what is in it besides chats. */
export const ACCOUNT_FILE = 'account.json';

/** Of one import, all its files together. */
export const MAX_IMPORT_BYTES = 2 ** 30;
/** Of one chat as JSON. It is the largest piece that is held in memory. */
export const MAX_CHAT_BYTES = 32 * 2 ** 20;
/** Messages of one chat: five times the longest that Parley is measured with. */
export const MAX_CHAT_MESSAGES = 50_000;
/** Chats of one import. */
export const MAX_IMPORT_CHATS = 100_000;
