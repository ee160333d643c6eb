/** Wraps a line between its words while it is written, by the columns it takes on the screen. */
import widthOf from 'fast-string-width';

export type LineWrap = {
  /** What to print for this piece, which may have styles; the last word is held until it is known to be whole. */
  write(piece: string): string;
  /** What is still held, at the end of the line. */
  end(): string;
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: the styles are made of them
const STYLE = /^\u001B\[(\d+)m$/;
/** Chinese and Japanese: a line may break beside every character. */
const IDEOGRAPH =
  '[\\u3000-\\u30FF\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFAFF\\uFF01-\\uFF60]|[\\u{20000}-\\u{3FFFF}]';
const TOKENS = new RegExp(
  `\\u001B\\[\\d+m|[ \\t]+|${IDEOGRAPH}|(?:(?!${IDEOGRAPH})[^\\u001B \\t])+|\\u001B`,
  'gu',
);
const IS_IDEOGRAPH = new RegExp(`^(?:${IDEOGRAPH})$`, 'u');
/** Never the first in a line, and never the last. */
const CLOSING = /^[、。，．！？：；・…ー々」』）】〉》]/u;
const OPENING = /[「『（【〈《]$/u;
const TAB_COLUMNS = 8;

/** The style that a code ends. */
const ENDS: Record<string, readonly string[]> = { 22: ['1', '2'], 23: ['3'], 24: ['4'], 39: ['36'] };
const END_OF: Record<string, string> = { 1: '22', 2: '22', 3: '23', 4: '24', 36: '39' };

/** `begun`: the columns that are taken already; `hang`: what a line that goes on begins with. */
export function createLineWrap(width: number, begun: number, hang = ''): LineWrap {
  const indent = widthOf(hang);
  let column = begun;
  /** What is held: the space before the word, and the word, both with the styles in them. */
  let space: string[] = [];
  let word: string[] = [];
  /** Within a word that is longer than a line: the terminal breaks it, so that it can be copied whole. */
  let inLongWord = false;
  let styles: string[] = [];

  const follow = (token: string): void => {
    const code = STYLE.exec(token)?.[1];
    if (!code) return;
    if (ENDS[code]) styles = styles.filter((one) => !ENDS[code]!.includes(one));
    else styles.push(code);
  };

  /** Writes the held word, where it belongs. */
  function place(): string {
    if (word.length === 0) return '';
    const columns = visibleWidth(word, 0);
    const before = visibleWidth(space, column);
    const breaks = !inLongWord && column > indent && column + before + columns > width;
    const kept = breaks ? space.filter((token) => STYLE.test(token)) : space;
    kept.forEach(follow);
    let out = kept.join('');
    if (breaks) out += newLine();
    else column += before;
    word.forEach(follow);
    out += word.join('');
    column = column + columns > width ? (column + columns) % width : column + columns;
    space = [];
    word = [];
    return out;
  }

  /** A style ends with its line, so that what the line goes on with is not drawn in it. */
  function newLine(): string {
    column = indent;
    const ends = styles.map((code) => `\u001B[${END_OF[code]}m`).reverse();
    return `${ends.join('')}\n${hang}${styles.map((code) => `\u001B[${code}m`).join('')}`;
  }

  function take(token: string): string {
    if (STYLE.test(token)) {
      (word.length > 0 ? word : space).push(token);
      return '';
    }
    if (/^[ \t]/.test(token)) {
      const out = place();
      inLongWord = false;
      space.push(token);
      return out;
    }
    let out = '';
    const last = word.findLast((one) => !STYLE.test(one));
    const mayBreak = last !== undefined && (IS_IDEOGRAPH.test(token) || IS_IDEOGRAPH.test(last));
    if (mayBreak && !CLOSING.test(token) && !OPENING.test(last)) {
      out = place();
      inLongWord = false;
    }
    word.push(token);
    if (inLongWord) return out + place();
    if (visibleWidth(word, 0) <= width - indent) return out;
    out += place();
    inLongWord = true;
    return out;
  }

  return {
    write: (piece) => (piece.match(TOKENS) ?? []).map(take).join(''),
    end() {
      const out = place();
      const fits = column + visibleWidth(space, column) <= width;
      const rest = fits ? space : space.filter((token) => STYLE.test(token));
      space = [];
      return out + rest.join('');
    },
  };
}

/** A whole text, line by line; `hang` is what lines that go on begin with. */
export function wrapText(text: string, width: number, hang = ''): string {
  return text
    .split('\n')
    .map((line) => {
      const wrap = createLineWrap(width, 0, hang);
      return wrap.write(line) + wrap.end();
    })
    .join('\n');
}

/** As much of a text as one line of `width` columns can hold. */
export function cutToWidth(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (widthOf(`${cut}${segment}…`) > width) break;
    cut += segment;
  }
  return `${cut}…`;
}

function visibleWidth(tokens: readonly string[], from: number): number {
  const text = tokens.filter((token) => !STYLE.test(token)).join('');
  if (!text.includes('\t')) return widthOf(text);
  let column = from;
  for (const char of text) column += char === '\t' ? TAB_COLUMNS - (column % TAB_COLUMNS) : widthOf(char);
  return column - from;
}
