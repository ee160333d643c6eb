/** Formulas in a text that is still being written. */
import {
  isBracketedMath,
  isInlineMath,
  LONGEST_INLINE,
  looksOpen,
  mayHoldMath,
  mayOpen,
} from './math-marks.ts';

/** Where the formula ends that begins at a dollar sign or a backslash; `open`: its end is still to come; null: none begins there. */
export function endOfMath(text: string, at: number): number | 'open' | null {
  if (text[at] === '$') return mayOpen(text[at - 1] ?? '') ? endOfDollars(text, at) : null;
  const bracket = text[at + 1];
  if (bracket !== '(' && bracket !== '[') return null;
  const rest = text.slice(at + 2, at + 2 + LONGEST_INLINE);
  const end = rest.indexOf(bracket === '(' ? '\\)' : '\\]');
  if (end === -1) return looksOpen(text.slice(at + 2, at + 400), true) ? 'open' : null;
  return isBracketedMath(rest.slice(0, end), bracket === '[') ? at + end + 4 : null;
}

function endOfDollars(text: string, at: number): number | 'open' | null {
  const marks = text[at + 1] === '$' ? 2 : 1;
  const from = at + marks;
  const end = nextDollar(text, from);
  if (end === -1) return looksOpen(text.slice(from, from + 400), marks === 2) ? 'open' : null;
  if (marks === 1) return isInlineMath(text.slice(from, end), text[end + 1] ?? '') ? end + 1 : null;
  if (end === text.length - 1) return 'open';
  return text[end + 1] === '$' && end > from ? end + 2 : null;
}

function nextDollar(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '$') return at;
  }
  return -1;
}

/** Marks that are looked at; a text with more of them is the worker's to judge. */
const MOST_MARKS = 200;

/** Whether there is a formula in the text, or the beginning of one: then the library for them is worth its way. */
export function holdsMath(text: string): boolean {
  if (!mayHoldMath(text)) return false;
  if (/(?:^|\n)[ \t>]*(?:\$\$|\\\[)/.test(text)) return true;
  let marks = 0;
  for (let at = 0; at < text.length; at++) {
    const mark = text[at];
    if (mark !== '$' && mark !== '\\') continue;
    if (endOfMath(text, at) !== null || ++marks > MOST_MARKS) return true;
    if (mark === '\\') at++;
  }
  return false;
}
