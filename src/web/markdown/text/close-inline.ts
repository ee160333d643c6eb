/** Closes the inline marks at the end of a text that is being written. */
import { endOfMath } from './open-math.ts';

type Opener = { at: number; mark: string; count: number };

const WORD = /[\p{L}\p{N}]/u;

/**
 * Closes emphasis, code and deletions that are open at the end (the delimiter stack of CommonMark, simplified), and leaves out
 * what only begins a link, a picture or a mark. Text without open marks comes back as it is.
 */
export function closeInline(text: string): string {
  const openers: Opener[] = [];
  const brackets: { at: number; openers: number }[] = [];
  let at = 0;
  while (at < text.length) {
    const mark = text[at]!;
    if (mark === '\\') {
      if (at === text.length - 1) return finish(text.slice(0, -1), openers, brackets);
      const end = endOfMath(text, at);
      if (end === 'open') return finish(text.slice(0, at), openers, brackets);
      at = end ?? at + 2;
    } else if (mark === '$') {
      const end = endOfMath(text, at);
      if (end === 'open') return finish(text.slice(0, at), openers, brackets);
      at = end ?? at + 1;
    } else if (mark === '`') {
      const run = runAt(text, at);
      const end = endOfCode(text, at + run, run);
      if (end === -1) return finish(closeCode(text, at, run), openers, brackets);
      at = end;
    } else if (mark === '[') {
      brackets.push({ at, openers: openers.length });
      at++;
    } else if (mark === ']') {
      const bracket = brackets.pop();
      if (bracket) {
        const end = endOfLink(text, at);
        if (end === null) return closeInline(withoutLink(text, bracket.at, at));
        // A link's marks are closed within it.
        if (end > at + 1) openers.length = Math.min(openers.length, bracket.openers);
        at = end;
      } else at++;
    } else if (mark === '<') {
      const tail = text.slice(at);
      if (
        /^<(?:https?:|mailto:)[^\s>]*$/.test(tail) ||
        '<https:'.startsWith(tail) ||
        '<mailto:'.startsWith(tail)
      )
        return finish(text.slice(0, at) + tail.slice(1), openers, brackets);
      const autolink = /^<[a-z]+:[^\s<>]*>/i.exec(tail);
      at += autolink ? autolink[0].length : 1;
    } else if (mark === '*' || mark === '_' || mark === '~') {
      const run = runAt(text, at);
      takeRun(text, at, run, openers);
      at += run;
    } else at++;
  }
  return finish(text, openers, brackets);
}

/** Ends what is still open: nothing after an opener means that it is left out, and so is a bracket whose other half is missing. */
function finish(text: string, openers: readonly Opener[], brackets: readonly { at: number }[]): string {
  const open = brackets.at(-1);
  if (open && open.at < text.length) {
    if (/^\[\^?[^\s\]]{0,40}$/.test(text.slice(open.at)) && text[open.at + 1] === '^')
      return finish(text.slice(0, open.at), before(openers, open.at), []);
    const isPicture = text[open.at - 1] === '!';
    if (isPicture) return finish(text.slice(0, open.at - 1), before(openers, open.at), []);
    const without = text.slice(0, open.at) + text.slice(open.at + 1);
    const moved = openers.map((opener) => (opener.at > open.at ? { ...opener, at: opener.at - 1 } : opener));
    return finish(without, moved, brackets.slice(0, -1));
  }
  let closed = text.trimEnd();
  if (closed.endsWith('!') && text.endsWith('!') && /(?:^|\s)!$/.test(closed)) closed = closed.slice(0, -1);
  let closing = '';
  for (const opener of openers.toReversed()) {
    const rest = closed.slice(opener.at + opener.count);
    if (rest.trim() === '') closed = closed.slice(0, opener.at).trimEnd();
    else closing += opener.mark.repeat(opener.count);
  }
  return closing === '' && closed === text.trimEnd() ? text : closed + closing;
}

const before = (openers: readonly Opener[], at: number) => openers.filter((opener) => opener.at < at);

function runAt(text: string, at: number): number {
  let end = at + 1;
  while (text[end] === text[at]) end++;
  return end - at;
}

/** After the run of as many backticks; -1: there is none yet. */
function endOfCode(text: string, from: number, run: number): number {
  for (let at = text.indexOf('`', from); at !== -1; at = text.indexOf('`', at)) {
    const length = runAt(text, at);
    at += length;
    if (length === run) return at;
  }
  return -1;
}

function closeCode(text: string, at: number, run: number): string {
  let end = text.length;
  while (end > at + run && text[end - 1] === '`') end--;
  const inner = text.slice(at + run, end);
  if (inner.trim() === '') return text.slice(0, at);
  return `${text.slice(0, at + run)}${inner}${'`'.repeat(run)}`;
}

/** What may still become the rest of a link: an address without blanks, and a title; or a label. */
const BEGUN_TARGET = /^\((?:<[^<>\n]{0,2000}>?|[^\s<]{0,2000})(?:\s+(?:["'(][^"')]{0,300}["')]?)?)?\s*$/;
const BEGUN_LABEL = /^\[[^\]]{0,100}$/;

/** After the link whose text ends at `at`: its address, its label, or nothing of both. null: it is not all there. */
function endOfLink(text: string, at: number): number | null {
  if (at === text.length - 1) return null;
  const next = text[at + 1];
  if (next !== '[' && next !== '(') return at + 1;
  const end = next === '[' ? text.indexOf(']', at + 2) : endOfTarget(text, at + 1);
  if (end > 0) return end + 1;
  const tail = text.slice(at + 1, at + 2400);
  return (next === '[' ? BEGUN_LABEL : BEGUN_TARGET).test(tail) ? null : at + 1;
}

/** The bracket that ends an address; -1: there is none yet. */
function endOfTarget(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return -1;
}

/** A link that is not all there is its words alone; a picture is nothing; a box and a footnote are left alone. */
function withoutLink(text: string, open: number, close: number): string {
  const words = text.slice(open + 1, close);
  if (text[open - 1] === '!') return text.slice(0, open - 1);
  if (close === text.length - 1 && words.startsWith('^')) return `${text} `;
  return text.slice(0, open) + words;
}

/** Lets a run of `*`, `_` or `~` close what is open as far as it can, and open something with the rest. */
function takeRun(text: string, at: number, run: number, openers: Opener[]): void {
  const mark = text[at]!;
  const previous = at === 0 ? ' ' : text[at - 1]!;
  const next = text[at + run];
  const last = next === undefined;
  const within = WORD.test(previous) && !last && WORD.test(next);
  const canClose = !/\s/.test(previous) && !(mark === '_' && within);
  const canOpen = last || (!/\s/.test(next) && !(mark === '_' && within) && opens(previous, next));
  let left = run;
  while (canClose && left > 0) {
    const index = openers.findLastIndex((opener) => opener.mark === mark);
    const opener = openers[index];
    if (!opener) break;
    const used = Math.min(opener.count, left);
    openers.length = index + 1;
    left -= used;
    opener.count -= used;
    // Half of a closing mark at the very end: the other half is on its way.
    if (opener.count > 0 && last) {
      opener.count += used;
      left = 0;
      openers.push({ at, mark, count: used });
      return;
    }
    if (opener.count === 0) openers.length = index;
  }
  if (left > 0 && canOpen) openers.push({ at: at + run - left, mark, count: left });
}

/** Left-flanking: before punctuation a mark opens only after a blank or punctuation. */
function opens(previous: string, next: string): boolean {
  return WORD.test(next) || !WORD.test(previous);
}
