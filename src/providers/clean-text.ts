/** The one place that every model's text passes, so that what is streamed, stored and read again is the same bytes. */

const REPLACEMENT = '\uFFFD';

/** Text that PostgreSQL and UTF-8 can hold: NUL and halves of surrogate pairs become U+FFFD. */
export function cleanWhole(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return wellFormed.includes('\0') ? wellFormed.replaceAll('\0', REPLACEMENT) : wellFormed;
}

export type TextCleaner = {
  /** The clean part of what was held back and `text`; may be empty. */
  push(text: string): string;
  /** What is still held back, as a replacement character; empty when nothing is. */
  end(): string;
};

const isHighSurrogate = (code: number) => code >= 0xd800 && code <= 0xdbff;

/**
 * Cleans text that comes in pieces. Some servers cut between the two halves of a surrogate pair: a first half at
 * the end of a piece is held back and joined with the next piece.
 */
export function createTextCleaner(): TextCleaner {
  let held = '';
  return {
    push(text) {
      if (text === '') return '';
      let joined = held + text;
      held = '';
      const last = joined.length - 1;
      if (isHighSurrogate(joined.charCodeAt(last))) {
        held = joined.charAt(last);
        joined = joined.slice(0, last);
      }
      return cleanWhole(joined);
    },
    end() {
      const rest = held === '' ? '' : REPLACEMENT;
      held = '';
      return rest;
    },
  };
}
