/** A top-level block of Markdown and where it begins. Its text has the blank lines around it. */
export type Piece = { readonly start: number; readonly text: string };

type Kind = 'list' | 'footnote' | 'other';
type Fence = { mark: string; length: number };

const ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;
const FOOTNOTE = /^ {0,3}\[\^[^\]\s]+\]:/;
const FENCE = /^(\s*)(`{3,}|~{3,})(.*)$/;

/**
 * Cuts Markdown into its top-level blocks (a block scanner), so that a growing text is parsed again only in its last one.
 * Blocks end at blank lines; a fence, a list, a footnote or an indented part stays whole. `from`: where a block begins.
 * Takes time in proportion to the text, whatever it is.
 */
export function splitBlocks(text: string, from = 0): Piece[] {
  const pieces: Piece[] = [];
  let start = from;
  let begun = false;
  let kind: Kind = 'other';
  let fence: Fence | null = null;
  let blankBefore = false;

  const close = (end: number) => {
    if (begun) pieces.push({ start, text: text.slice(start, end) });
    start = end + (begun ? 1 : 0);
    begun = false;
  };

  for (let at = from; at <= text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const line = text.slice(at, end);
    const before = at - 1;
    at = end + 1;
    if (fence) {
      if (!closes(line, fence, kind)) continue;
      fence = null;
      // A fence inside a list item is indented and stays with its list.
      if (kind === 'other') close(end);
      continue;
    }
    if (line.trim() === '') {
      blankBefore = true;
      continue;
    }
    const item = ITEM.test(line);
    const footnote = FOOTNOTE.test(line);
    const belongs =
      (kind === 'list' && (item || /^(?: {2,}|\t)/.test(line))) ||
      (kind === 'footnote' && /^(?: {4}|\t)/.test(line));
    if (begun && ((blankBefore && !belongs) || (footnote && kind !== 'list'))) close(before);
    if (!begun) kind = item ? 'list' : footnote ? 'footnote' : 'other';
    blankBefore = false;

    const opened = FENCE.exec(line);
    if (opened && !(opened[2]!.startsWith('`') && opened[3]!.includes('`'))) {
      const within = opened[1]!.length < 4;
      // A fence right after a paragraph is a block of its own.
      if (kind === 'other' && within && begun) close(before);
      if (kind !== 'other' || within) fence = { mark: opened[2]![0]!, length: opened[2]!.length };
    }
    begun = true;
  }
  close(text.length);
  return pieces;
}

/** Whether a line ends a fence: at most three blanks before it, but in a list as many as its item has. */
function closes(line: string, fence: Fence, kind: Kind): boolean {
  if (kind === 'other' && /^(?: {4}| {0,3}\t)/.test(line)) return false;
  const trimmed = line.trim();
  return trimmed.length >= fence.length && trimmed === fence.mark.repeat(trimmed.length);
}
