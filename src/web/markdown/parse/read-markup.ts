/** Reads what KaTeX writes into a closed vocabulary (an allow-list), so that no markup of its making, or of a text's, is put on the page. */
import type { Glyph } from './tree.ts';

const NAMES = new Set(
  (
    'span svg path line math semantics annotation mrow mi mo mn ms mtext mspace msup msub msubsup mfrac msqrt mroot mover ' +
    'munder munderover mtable mtr mtd mstyle mpadded menclose mphantom'
  ).split(' '),
);
const ATTRIBUTES = new Set(
  (
    'class aria-hidden encoding display xmlns width height viewBox preserveAspectRatio d x1 y1 x2 y2 stroke-width fill ' +
    'mathvariant mathcolor mathbackground mathsize stretchy fence separator lspace rspace minsize maxsize symmetric largeop ' +
    'movablelimits accent accentunder linethickness columnalign columnspacing rowspacing columnlines rowlines displaystyle ' +
    'scriptlevel notation depth voffset side'
  ).split(' '),
);
/** Sizes and places, colours by name or number, and the lines of fractions and boxes. */
const STYLE =
  /^(?:height|width|min-width|top|left|bottom|vertical-align|margin(?:-\w+)?|padding(?:-\w+)?|position|color|background-color|border(?:-\w+){0,2}|text-shadow)$/;
const HARMLESS = /^[\w\s.,#%()-]*$/;

/** React and layout pay for each. */
const MOST_NODES = 8000;
const DEEPEST = 120;

const PIECES = /<(\/?)([a-z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/gi;
const PAIRS = /(?<![\w:-])([\w:-]{1,40})="([^"]*)"/g;

/** Throws where the markup is not what is expected, or too much of it. */
export function readMarkup(markup: string): Glyph {
  const root: { children: Glyph[] } = { children: [] };
  const open: { children: Glyph[] }[] = [root];
  let nodes = 0;
  let at = 0;
  for (const [whole, end, name, attributes, single, text] of markup.matchAll(PIECES)) {
    at += whole.length;
    if (++nodes > MOST_NODES || open.length > DEEPEST) throw new Error('too large to draw');
    if (text !== undefined) open.at(-1)!.children.push(unescaped(text));
    else if (end) open.pop();
    else {
      if (!NAMES.has(name!)) throw new Error('an element of no formula');
      const glyph = { name: name!, ...attributesOf(attributes!), children: [] };
      open.at(-1)!.children.push(glyph);
      if (!single) open.push(glyph);
    }
  }
  const [drawn] = root.children;
  if (at !== markup.length || open.length !== 1 || root.children.length !== 1 || !drawn)
    throw new Error('half a formula');
  return drawn;
}

function attributesOf(text: string): { attributes: Record<string, string>; style: Record<string, string> } {
  const attributes: Record<string, string> = {};
  let style: Record<string, string> = {};
  for (const [, name, value] of text.matchAll(PAIRS)) {
    if (name === 'style') style = styleOf(unescaped(value!));
    else if (ATTRIBUTES.has(name!)) attributes[name!] = unescaped(value!);
  }
  return { attributes, style };
}

function styleOf(text: string): Record<string, string> {
  const style: Record<string, string> = {};
  for (const rule of text.split(';')) {
    const colon = rule.indexOf(':');
    const [name, value] = [rule.slice(0, colon).trim(), rule.slice(colon + 1).trim()];
    if (STYLE.test(name) && HARMLESS.test(value) && !/url|expression/i.test(value))
      style[camel(name)] = value;
  }
  return style;
}

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };
const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => ENTITIES[name]!);
