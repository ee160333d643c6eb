/**
 * What model text may ask of the parser. Above these a block is shown as it is: tables are filled up to their columns in every
 * row, and nesting is paid for by the parser, by React and by the browser's layout each.
 */
const MOST_COLUMNS = 200;
const MOST_CELLS = 5000;
const DEEPEST = 20;
/** Characters of a block; longer ones are shown as they are. */
const LONGEST_PARSED = 100_000;

/** Characters of a block that the page parses itself: whatever they are, that was measured to take less than 50 ms. */
const LONGEST_CHEAP = 1500;
const MOST_CHEAP_CELLS = 300;

/** `plain`: not to be parsed at all; `cheap`: parsed at once; `dear`: parsed by the worker, which can be ended. */
export type Cost = 'cheap' | 'dear' | 'plain';

/** Says what parsing a block may cost, by one look at it that takes time in proportion to its length. */
export function costOf(block: string): Cost {
  if (block.length > LONGEST_PARSED) return 'plain';
  const lines = block.split('\n');
  const cells = cellsOf(lines);
  if (cells === null || cells > MOST_CELLS || deepestOf(lines) > DEEPEST) return 'plain';
  return block.length <= LONGEST_CHEAP && cells <= MOST_CHEAP_CELLS ? 'cheap' : 'dear';
}

/** How many cells the block's tables would have, filled up; null: too many columns. */
function cellsOf(lines: readonly string[]): number | null {
  let cells = 0;
  let columns = 0;
  for (const line of lines) {
    const pipes = pipesIn(line);
    if (pipes >= MOST_COLUMNS) return null;
    if (line.includes('-') && /^[\s>|:+*-]+$/.test(line)) columns = Math.max(columns, pipes + 1);
    else if (line.trim() === '') columns = 0;
    cells += columns;
  }
  return cells;
}

function pipesIn(line: string): number {
  let pipes = 0;
  for (let at = line.indexOf('|'); at !== -1; at = line.indexOf('|', at + 1)) pipes++;
  return pipes;
}

/** The deepest nesting of quotes and lists: the quote marks before a line, and the lists whose columns its own marks are in. */
function deepestOf(lines: readonly string[]): number {
  let deepest = 0;
  const open: number[] = [];
  for (const line of lines) {
    const { quotes, items } = leadOf(line);
    for (const column of items) {
      while (open.length > 0 && open.at(-1)! >= column) open.pop();
      open.push(column);
    }
    if (quotes > 0 || items.length > 0) deepest = Math.max(deepest, quotes + open.length);
  }
  return deepest;
}

const MARK = /(?:>|[-+*](?=\s|$)|\d{1,9}[.)](?=\s|$))/y;

function leadOf(line: string): { quotes: number; items: number[] } {
  let at = 0;
  let quotes = 0;
  const items: number[] = [];
  for (;;) {
    while (line[at] === ' ' || line[at] === '\t') at++;
    MARK.lastIndex = at;
    const mark = MARK.exec(line);
    if (!mark) return { quotes, items };
    if (mark[0] === '>') quotes++;
    else items.push(at);
    at += mark[0].length;
  }
}
