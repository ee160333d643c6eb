/**
 * What a reader sees of a block that is still being written: a mark whose other half has not come yet is closed or left out,
 * so that nobody sees `**`, `[a](` or half a table for a moment. The text itself is never changed, only what is drawn of it.
 */
import { closeInline } from './close-inline.ts';
import { completeTable } from './complete-table.ts';
import { endsInDisplay, STILL_OPEN } from './display-math.ts';

/** A last line that may become anything: the beginning of a heading, list, quote, fence, rule or underline. */
const UNDECIDED = /^[-*_+=>`~|:\\[\]!#< \t]+$|^\s*[-*+]\s+\[[xX]?\]?\s*$/;
/** A line of them that is longer is a rule or a row, and decided. */
const LONGEST_UNDECIDED = 200;
/** What stands before the words of a line: quotes, items with their boxes, the sign of a heading. */
const LEAD = /^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|\[[ xX]\][ \t]))*[ \t]*/;
/** Longer paragraphs are drawn as they are: to look for marks in them takes too long for every frame. */
const LONGEST = 5000;

/** The block as it is drawn while it grows. */
export function closeMarks(block: string): string {
  if (endsInFence(block)) return block;
  if (endsInDisplay(block)) return `${block.trimEnd()}\n${STILL_OPEN}`;
  const settled = withoutUndecided(block).trimEnd();
  const table = completeTable(settled);
  if (table !== null) return table;
  const from = startOfWords(settled);
  if (settled.length - from > LONGEST) return settled;
  return settled.slice(0, from) + closeInline(settled.slice(from));
}

function withoutUndecided(block: string): string {
  const at = block.lastIndexOf('\n') + 1;
  const last = block.slice(at);
  if (last === '' || last.length > LONGEST_UNDECIDED || !UNDECIDED.test(last)) return block;
  return block.slice(0, Math.max(0, at - 1));
}

/** Whether the block's end is code in a list or a quote: there marks are what they are. */
function endsInFence(block: string): boolean {
  let fence: string | null = null;
  for (const line of block.split('\n')) {
    const mark = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(`{3,}|~{3,})/.exec(line)?.[1];
    if (!mark) continue;
    if (fence === null) fence = mark;
    else if (mark[0] === fence[0] && mark.length >= fence.length) fence = null;
  }
  return fence !== null;
}

/** Where the last paragraph, item, heading or quoted paragraph has its first word: marks do not reach beyond it. */
function startOfWords(block: string): number {
  let at = block.lastIndexOf('\n') + 1;
  for (;;) {
    const line = block.slice(at, endOfLine(block, at));
    const lead = LEAD.exec(line)![0].length;
    if (at === 0 || lead > leadingBlanks(line)) return at + lead;
    const before = block.lastIndexOf('\n', at - 2) + 1;
    if (block.slice(before, at - 1).trim() === '') return at + lead;
    at = before;
  }
}

const leadingBlanks = (line: string): number => line.length - line.trimStart().length;

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
