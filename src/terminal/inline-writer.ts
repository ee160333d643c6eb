/** Strong, emphasised, code and links inside one line, written as soon as they are understood. */
import type { Paint } from './paint.ts';

export type InlineWriter = { write(piece: string): string; end(): string };

/** A span that is not closed after this many characters is taken as it stands, so that nothing is held for long. */
const HOLD_MAX = 400;
/** Nothing longer is a span: its end is not looked for any further away, however long the line is. */
const SPAN_MAX = 1_000;

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
      const span = SPECIAL.has(text[at]!)
        ? spanAt(text.slice(at, at + SPAN_MAX), final || text.length - at > SPAN_MAX)
        : null;
      if (span === 'unfinished' && !final && text.length - at < HOLD_MAX) break;
      if (span === null || span === 'unfinished') {
        at += text[at] === '`' ? runLength(text, at) : 1;
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

/** What may begin a span. */
const SPECIAL = new Set('\\`*_![');

/** What the text begins with: a span, null for plain text, or `unfinished` when more text is needed to tell. */
function spanAt(text: string, final: boolean): Span | 'unfinished' | null {
  const char = text[0]!;
  if (char === '\\') {
    const next = text[1];
    if (next === undefined) return 'unfinished';
    return /[!-/:-@[-`{-~]/.test(next) ? { kind: 'escape', raw: char + next, text: next } : null;
  }
  if (char === '`') return codeIn(text, final);
  if (char === '*' || char === '_') {
    const raw = text[1] === char ? char + char : char;
    return raw.length === text.length && !final ? 'unfinished' : { kind: 'marker', raw };
  }
  if (char === '!') return text.length === 1 ? 'unfinished' : linkIn(text, 1);
  return linkIn(text, 0);
}

function codeIn(text: string, final: boolean): Span | 'unfinished' | null {
  const ticks = runLength(text, 0);
  for (let close = ticks; ; ) {
    close = text.indexOf('`', close);
    if (close < 0) return 'unfinished';
    const run = runLength(text, close);
    if (close + run === text.length && !final) return 'unfinished';
    if (run === ticks) {
      const inner = text.slice(ticks, close);
      return { kind: 'code', raw: text.slice(0, close + run), text: inner.replace(/^ (.+) $/, '$1') };
    }
    close += run;
  }
}

/** A link or picture whose `[` stands at `open`. */
function linkIn(text: string, open: number): Span | 'unfinished' | null {
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
  return { kind: 'link', raw: text.slice(0, end + 1), text: text.slice(open + 1, close), address };
}

function runLength(text: string, at: number): number {
  let end = at;
  while (text[end] === text[at]) end++;
  return end - at;
}
