/** Formulas in a text that is still being written. */
import { isBracketedMath, isInlineMath, looksOpen, mayOpen } from './math-marks.ts';

/** Where the formula ends that begins at a dollar sign or a backslash; `open`: its end is still to come; null: none begins there. */
export function endOfMath(text: string, at: number): number | 'open' | null {
  if (text[at] === '$') return mayOpen(text[at - 1] ?? '') ? endOfDollars(text, at) : null;
  const bracket = text[at + 1];
  if (bracket !== '(' && bracket !== '[') return null;
  const end = text.indexOf(bracket === '(' ? '\\)' : '\\]', at + 2);
  if (end === -1) return looksOpen(text.slice(at + 2), true) ? 'open' : null;
  return isBracketedMath(text.slice(at + 2, end), bracket === '[') ? end + 2 : null;
}

function endOfDollars(text: string, at: number): number | 'open' | null {
  const marks = text[at + 1] === '$' ? 2 : 1;
  const from = at + marks;
  const end = nextDollar(text, from);
  if (end === -1) return looksOpen(text.slice(from), marks === 2) ? 'open' : null;
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
