/** Draws Markdown in a terminal while it arrives: what is written never has to be taken back. */
import { stripVTControlCharacters } from 'node:util';
import widthOf from 'fast-string-width';
import { drawTable } from './draw-table.ts';
import { createInlineWriter, type InlineWriter } from './inline-writer.ts';
import { type Paint, plain } from './paint.ts';
import { asPlainText } from './plain-text.ts';
import { createLineWrap } from './wrap-line.ts';

export type MarkdownWriter = {
  /** What to print for this piece of text; some of it may be held until its meaning is known. */
  write(piece: string): string;
  /** What is still held, at the end of the message. */
  end(): string;
};

/** The beginning of a line decides what kind of line it is; as long as it could still be any of these, it is held. */
const UNDECIDED = /^ {0,3}(?:#{1,6}|[-*+]|\d{1,9}[.)]?|>|`{1,2}|~{1,2}|[-*_]{2}[-*_ ]*)?$|^ +$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;
/** A line that closes a code block, or may become one. */
const CLOSING = /^ {0,3}(`*|~*)\s*$/;
const RULE = /^ {0,3}([-*_])(?: *\1){2,} *$/;
const HEADING = /^ {0,3}(#{1,6})\s+/;
const BULLET = /^( *)[-*+]\s+/;
const NUMBER = /^( *)(\d{1,9}[.)])\s+/;
const QUOTE = /^ {0,3}>\s?/;
/** A line that is still undecided after this many characters is text, so that a long one is not looked at again and again. */
const MAX_HELD = 2_000;
/** Rows after which a table is drawn as far as it came. */
const MAX_ROWS = 1_000;

/**
 * A writer for one message. `paint` colours it; `width` is the terminal's, for tables and rules. With `wraps`, lines of text end between
 * words there; code and tables stay as they are.
 */
export function createMarkdownWriter(paint: Paint = plain, width = 80, wraps = false): MarkdownWriter {
  /** The current line as far as it is held; null once its kind is known and the rest is written as it comes. */
  let held: string | null = '';
  let inline: InlineWriter | null = null;
  let fence: string | null = null;
  let table: string[] = [];

  /** Begins a line whose kind is known; returns what stands before its text. */
  function begin(line: string): string {
    const [prefix, rest, style, hang] = split(line);
    inline = lineWriter(style, prefix, hang);
    held = null;
    return prefix + inline.write(rest);
  }

  function lineWriter(style: Paint, prefix: string, hang: string | undefined): InlineWriter {
    const writer = createInlineWriter(style);
    if (!wraps) return writer;
    const columns = widthOf(stripVTControlCharacters(prefix));
    const wrap = createLineWrap(width, columns, hang ?? ' '.repeat(Math.min(columns, width / 2)));
    return {
      write: (piece) => wrap.write(writer.write(piece)),
      end: () => wrap.write(writer.end()) + wrap.end(),
    };
  }

  /** `hang`: what the line goes on with when it is wrapped; else as many blanks as its prefix is wide. */
  function split(line: string): [prefix: string, rest: string, style: Paint, hang?: string] {
    const heading = HEADING.exec(line);
    if (heading) return ['', line.slice(heading[0].length), { ...paint, text: paint.heading }];
    const bullet = BULLET.exec(line);
    if (bullet) return [`${bullet[1]}${paint.mark('•')} `, line.slice(bullet[0].length), paint];
    const number = NUMBER.exec(line);
    if (number) return [`${number[1]}${paint.mark(number[2]!)} `, line.slice(number[0].length), paint];
    const quote = QUOTE.exec(line);
    if (quote) {
      const bar = `${paint.mark('│')} `;
      return [bar, line.slice(quote[0].length), { ...paint, text: paint.quote }, bar];
    }
    const blank = wraps ? /^ */.exec(line)![0] : '';
    return [blank, line.slice(blank.length), paint];
  }

  function character(char: string): string {
    if (char === '\n') return endLine();
    const line = (held ?? '') + char;
    held = line;
    if (line.length > MAX_HELD) return fence !== null ? codeLine(line) : flushTable() + begin(line);
    if (fence !== null) return couldCloseFence(line, fence) ? '' : codeLine(line);
    if (line.trimStart().startsWith('|') || FENCE.test(line)) return '';
    if (UNDECIDED.test(line)) return '';
    return flushTable() + begin(line);
  }

  function codeLine(text: string): string {
    held = null;
    inline = null;
    return `  ${paint.code(text)}`;
  }

  function endLine(): string {
    const line = held;
    const open = inline;
    held = '';
    inline = null;
    if (line === null) return `${open?.end() ?? ''}\n`;
    if (fence !== null) return endFencedLine(line);
    if (line.trimStart().startsWith('|')) {
      table.push(line);
      return table.length < MAX_ROWS ? '' : flushTable();
    }
    const opening = FENCE.exec(line);
    if (opening) {
      fence = opening[1]!;
      return `${flushTable()}${paint.mark(`  ${opening[2]!.trim() || 'code'}`)}\n`;
    }
    if (RULE.test(line)) return `${flushTable()}${paint.mark('─'.repeat(Math.min(width, 40)))}\n`;
    const text = flushTable() + begin(line);
    const end = (inline as InlineWriter | null)?.end() ?? '';
    held = '';
    inline = null;
    return `${text}${end}\n`;
  }

  function endFencedLine(line: string): string {
    if (closesFence(line, fence!)) {
      fence = null;
      return '';
    }
    return line === '' ? '\n' : `  ${paint.code(line)}\n`;
  }

  function flushTable(): string {
    const rows = table;
    table = [];
    return rows.length > 0 ? drawTable(rows, paint, width) : '';
  }

  return {
    write(piece) {
      const text = asPlainText(piece);
      let out = '';
      for (let at = 0; at < text.length; ) {
        const step = held === null ? restOfLine(text, at) : text[at]!;
        out += held === null && step !== '\n' ? (inline?.write(step) ?? paint.code(step)) : character(step);
        at += step.length;
      }
      return out;
    },
    end() {
      if (held === '') return flushTable();
      const text = endLine();
      return (text + flushTable()).replace(/\n$/, '');
    },
  };
}

/** Up to the end of the line, or the newline itself. */
function restOfLine(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return end === at ? '\n' : text.slice(at, end < 0 ? undefined : end);
}

const closesFence = (line: string, fence: string): boolean =>
  (CLOSING.exec(line)?.[1] ?? '').startsWith(fence);
const couldCloseFence = (line: string, fence: string): boolean => {
  const run = CLOSING.exec(line)?.[1];
  return run !== undefined && (run === '' || run[0] === fence[0]);
};
