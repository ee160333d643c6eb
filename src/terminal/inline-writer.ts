/** Strong, emphasised, code and links inside one line, written as soon as they are understood. */
import type { Paint } from './paint.ts';

export type InlineWriter = { write(piece: string): string; end(): string };

/** A span that is not closed after this many characters is taken as it stands, so that nothing is held for long. */
const HOLD_MAX = 400;

/** A writer for one line. */
export function createInlineWriter(paint: Paint): InlineWriter {
  let held = '';
  let before = '';
  let strong = false;
  let emphasis = false;

  const styled = (text: string): string => {
    const inner = paint.text(text);
    return strong ? paint.strong(inner) : emphasis ? paint.emphasis(inner) : inner;
  };

  /** Draws `held` as far as it is understood; with `final`, all of it. */
  function draw(final: boolean): string {
    const text = held;
    let out = '';
    let from = 0;
    let at = 0;
    const flush = (): void => {
      out += styled(text.slice(from, at));
    };
    while (at < text.length) {
      const span = spanAt(text, at, final);
      if (span === 'unfinished' && !final && text.length - at < HOLD_MAX) break;
      if (span === null || span === 'unfinished') {
        at++;
        continue;
      }
      if (span.kind === 'marker' && !toggles(text, at, span.raw)) {
        at += span.raw.length;
        continue;
      }
      flush();
      at += span.raw.length;
      from = at;
      if (span.kind === 'escape') out += styled(span.text);
      else if (span.kind === 'code') out += paint.code(span.text);
      else if (span.kind === 'link') out += link(span.text, span.address);
      else if (span.raw.length === 2) strong = !strong;
      else emphasis = !emphasis;
    }
    flush();
    before = text[at - 1] ?? before;
    held = text.slice(at);
    return out;
  }

  /** A marker toggles where a word begins or ends; inside one (snake_case, 2*3) and between spaces it is itself. */
  function toggles(text: string, at: number, marker: string): boolean {
    const left = text[at - 1] ?? before;
    const right = text[at + marker.length] ?? '';
    const open = marker.length === 2 ? strong : emphasis;
    if (open) return /\S/.test(left) && !(marker.startsWith('_') && /\w/.test(right));
    return /\S/.test(right) && !/\w/.test(left);
  }

  /** The address is always shown: a label must not hide where a link leads. */
  function link(label: string, address: string): string {
    if (!label || label === address) return paint.link(address);
    return `${styled(label)} ${paint.mark('(')}${paint.link(address)}${paint.mark(')')}`;
  }

  return {
    write(piece) {
      held += piece;
      return draw(false);
    },
    end: () => draw(true),
  };
}

type Span =
  | { kind: 'escape' | 'code'; raw: string; text: string }
  | { kind: 'link'; raw: string; text: string; address: string }
  | { kind: 'marker'; raw: string };

/** What begins at `at`: a span, null for plain text, or `unfinished` when more text is needed to tell. */
function spanAt(text: string, at: number, final: boolean): Span | 'unfinished' | null {
  const char = text[at]!;
  if (char === '\\') {
    const next = text[at + 1];
    if (next === undefined) return 'unfinished';
    return /[!-/:-@[-`{-~]/.test(next) ? { kind: 'escape', raw: char + next, text: next } : null;
  }
  if (char === '`') return codeAt(text, at, final);
  if (char === '*' || char === '_') {
    const run = runLength(text, at);
    if (at + run === text.length && !final) return 'unfinished';
    return { kind: 'marker', raw: char.repeat(Math.min(run, 2)) };
  }
  if (char === '!') return text.length === at + 1 ? 'unfinished' : linkAt(text, at, at + 1);
  return linkAt(text, at, at);
}

function codeAt(text: string, at: number, final: boolean): Span | 'unfinished' | null {
  const ticks = runLength(text, at);
  for (let close = at + ticks; ; ) {
    close = text.indexOf('`', close);
    if (close < 0) return 'unfinished';
    const run = runLength(text, close);
    if (close + run === text.length && !final) return 'unfinished';
    if (run === ticks) {
      const inner = text.slice(at + ticks, close);
      return { kind: 'code', raw: text.slice(at, close + run), text: inner.replace(/^ (.+) $/, '$1') };
    }
    close += run;
  }
}

/** A link or picture whose `[` stands at `open`. */
function linkAt(text: string, at: number, open: number): Span | 'unfinished' | null {
  if (text[open] !== '[') return null;
  const close = text.indexOf(']', open);
  if (close < 0 || close + 1 === text.length) return 'unfinished';
  if (text[close + 1] !== '(') return null;
  const end = text.indexOf(')', close);
  if (end < 0) return 'unfinished';
  const address = text
    .slice(close + 2, end)
    .trim()
    .split(/\s/, 1)[0]!;
  return { kind: 'link', raw: text.slice(at, end + 1), text: text.slice(open + 1, close), address };
}

function runLength(text: string, at: number): number {
  let end = at;
  while (text[end] === text[at]) end++;
  return end - at;
}
