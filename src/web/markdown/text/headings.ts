/** How deep the headings of a text stand on the page: below the reply's own, each below the one it belongs to. */

const MARKED = /^ {0,3}(#{1,6})(?:[ \t]|$)/;
const UNDERLINE = /^ {0,3}(=+|-+)[ \t]*$/;
const ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])\s/;

/** The levels of the headings in a block, in order; those in lists and quotes are of no consequence for what follows. */
export function headingsIn(block: string): readonly number[] {
  if (!/[#=-]/.test(block) || ITEM.test(block.trimStart())) return [];
  const levels: number[] = [];
  let before = '';
  for (const line of block.split('\n')) {
    const marks = MARKED.exec(line)?.[1];
    const underline = before.trim() === '' ? undefined : UNDERLINE.exec(line)?.[1];
    if (marks) levels.push(marks.length);
    else if (underline) levels.push(underline.startsWith('=') ? 1 : 2);
    before = marks || underline ? '' : line;
  }
  return levels;
}

/** The headings that what comes next belongs to, as the digits of their levels: `13` is a third-level one in a first-level one. */
export type OpenHeadings = string;

/** Those that are open after a heading: it closes all that are not above it. */
export const withHeading = (open: OpenHeadings, level: number): OpenHeadings =>
  [...open].filter((digit) => Number(digit) < level).join('') + level;

/** The headings that are open where each block begins. */
export function openHeadings(blocks: readonly { readonly headings: readonly number[] }[]): OpenHeadings[] {
  let open = '';
  return blocks.map(({ headings }) => {
    const above = open;
    open = headings.reduce(withHeading, open);
    return above;
  });
}

/** The level of the last heading that is open in the page's outline, where `h1` is the chat and `h2` the reply. */
export const pageLevel = (open: OpenHeadings): 3 | 4 | 5 | 6 => Math.min(6, 2 + open.length) as 3 | 4 | 5 | 6;
