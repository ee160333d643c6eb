/** Where a formula begins and ends in a line of text: one set of rules for the parser and for what closes half marks. */

/** Characters of a formula within a line; what is longer is a text with two dollar signs in it. */
export const LONGEST_INLINE = 1000;

const WORD = /[\p{L}\p{N}]/u;

/** Whether a text may hold a formula at all; most hold none. */
export const mayHoldMath = (text: string): boolean => /\$|\\[([]/.test(text);

/** Whether a dollar sign may open one after this character: `US$5` and `5$` are amounts. */
export const mayOpen = (previous: string): boolean => previous !== '$' && !WORD.test(previous);

/**
 * Whether what stands between two dollar signs is a formula: there are no blanks inside the signs, no digit or word goes on
 * after them, and it does not read as an amount of money or the name of a variable.
 */
export function isInlineMath(inside: string, next: string): boolean {
  if (inside === '' || /^\s|\s$/.test(inside) || /\d/.test(next)) return false;
  if (WORD.test(next) && hasWords(inside)) return false;
  return !isMoney(inside);
}

/** Whether `\(…\)` or `\[…\]` is a formula, and not escaped brackets around words or a number of a note. */
export function isBracketedMath(inside: string, square: boolean): boolean {
  if (inside.trim() === '' || (square && /^[\d\s,;–-]+$/.test(inside))) return false;
  return !hasWords(inside) || /[\\^_=<>{}+*/]/.test(inside);
}

/** `5, or 5`, `20 million and 30`: begins with an amount and goes on in words. */
const isMoney = (inside: string): boolean =>
  /^\d/.test(inside) && /\s/.test(inside) && hasWords(inside) && !/[\\^_=<>{}]/.test(inside);

/** Two letters in a row that no command is made of. */
const hasWords = (inside: string): boolean => /\p{L}{2}/u.test(inside.replace(/\\[a-z]+/gi, ''));

/** Whether that is the beginning of a formula, as far as it has come; `free`: it may begin with a blank or a digit. */
export function looksOpen(inside: string, free = false): boolean {
  if (inside.length > 300 || (!free && /^[\s\d]/.test(inside))) return false;
  return /[\\^_{]/.test(inside) || (!hasWords(inside) && inside.length <= 40);
}
