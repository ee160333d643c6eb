/** The last lines of a block that are a table, or are about to become one. */
import { closeInline } from './close-inline.ts';

const DELIMITER = /^[\s|:-]*$/;

/**
 * A table of which not all is there, made whole: a first row is drawn as the head it will be, half a row of dashes is filled
 * up, an open mark is closed within its cell. null: the block does not end in a table.
 */
export function completeTable(block: string): string | null {
  const begin = startOfTable(block);
  if (begin === null) return null;
  const lines = block.slice(begin).split('\n');
  const [head, dashes] = lines as [string, string | undefined];
  const columns = cellsOf(head).length;
  if (dashes !== undefined && lines.length === 2 && !DELIMITER.test(dashes)) return null;
  if (lines.length > 2 && !(DELIMITER.test(dashes!) && dashes!.includes('-'))) return null;
  if (lines.length <= 2)
    return `${block.slice(0, begin)}${closeRow(head)}\n${completeDashes(dashes ?? '', columns)}`;
  return `${block.slice(0, begin)}${lines.slice(0, -1).join('\n')}\n${closeRow(lines.at(-1)!)}`;
}

/** Where the rows at the block's end begin: lines that begin with `|`, without a blank one between. */
function startOfTable(block: string): number | null {
  let begin: number | null = null;
  for (let end = block.length; end > 0; ) {
    const at = block.lastIndexOf('\n', end - 1) + 1;
    if (!/^ {0,3}\|/.test(block.slice(at, at + 4))) break;
    begin = at;
    end = at - 1;
  }
  // After other words of a paragraph rows are no table, but in a block of their own they are.
  if (begin === null || begin === 0) return begin;
  return block.slice(0, begin).trim() === '' ? begin : null;
}

function cellsOf(row: string): string[] {
  const inner = row
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/);
}

function completeDashes(dashes: string, columns: number): string {
  const told = cellsOf(dashes).map((cell) => cell.trim());
  const whole = Array.from({ length: columns }, (_, at) => {
    const cell = told[at] ?? '';
    return /^:?-+:?$/.test(cell) ? cell : cell.startsWith(':') ? ':-' : '-';
  });
  return `|${whole.join('|')}|`;
}

/** Closes what is open in the row's last cell; a cell that has not begun is left out. */
function closeRow(row: string): string {
  const at = lastPipe(row);
  const cell = row.slice(at + 1);
  return cell.trim() === '' ? row : `${row.slice(0, at + 1)}${closeInline(cell)}`;
}

function lastPipe(row: string): number {
  let at = row.lastIndexOf('|');
  while (at > 0 && row[at - 1] === '\\') at = row.lastIndexOf('|', at - 1);
  return at;
}
