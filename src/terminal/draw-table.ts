import { stripVTControlCharacters } from 'node:util';
import widthOf from 'fast-string-width';
import { createInlineWriter } from './inline-writer.ts';
import type { Paint } from './paint.ts';

const DIVIDER_CELL = /^:?-+:?$/;
/** Every row is padded to all columns: a table of more is printed as it came. */
const MAX_COLUMNS = 200;
const MAX_CELLS = 5_000;

/** Draws a Markdown table with aligned columns; as it came when it is no table or wider than the terminal. */
export function drawTable(lines: readonly string[], paint: Paint, width: number): string {
  const asItCame = `${lines.join('\n')}\n`;
  const rows = lines.map(cellsOf);
  const columns = Math.max(...rows.map((row) => row.length));
  if (columns > MAX_COLUMNS || columns * rows.length > MAX_CELLS) return asItCame;
  if (rows.length < 2 || !rows[1]!.every((cell) => DIVIDER_CELL.test(cell))) return asItCame;
  const drawn = [rows[0]!, ...rows.slice(2)].map((row, index) =>
    Array.from({ length: columns }, (_, column) =>
      inline(row[column] ?? '', index === 0 ? { ...paint, text: paint.strong } : paint),
    ),
  );
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...drawn.map((row) => lengthOf(row[column]!))),
  );
  if (widths.reduce((sum, one) => sum + one + 3, 0) > width) return asItCame;
  const lineOf = (row: string[]): string =>
    row
      .map((cell, column) => cell + ' '.repeat(widths[column]! - lengthOf(cell)))
      .join(paint.mark(' │ '))
      .trimEnd();
  const rule = paint.mark(widths.map((one) => '─'.repeat(one)).join('─┼─'));
  return `${[lineOf(drawn[0]!), rule, ...drawn.slice(1).map(lineOf)].join('\n')}\n`;
}

const cellsOf = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

function inline(text: string, paint: Paint): string {
  const writer = createInlineWriter(paint);
  return writer.write(text) + writer.end();
}

const lengthOf = (text: string): number => widthOf(stripVTControlCharacters(text));
