/** Rules about messages that the page runs as well, so they need no schemas. */
import type { Part } from './messages.ts';

/** The text of one sent message, in bytes of UTF-8; above it the answer is 413. */
export const MAX_MESSAGE_BYTES = 1024 * 1024;

/** How many models may answer one message at once, to be compared. */
export const MOST_COMPARED = 4;

/** All text of a message, its parts joined without a separator; reasoning is not text. */
export const textOf = (content: readonly Part[]): string =>
  content.map((part) => (part.type === 'text' ? part.text : '')).join('');

/** All that a model thought, joined alike. */
export const reasoningOf = (content: readonly Part[]): string =>
  content.map((part) => (part.type === 'reasoning' ? part.text : '')).join('');
