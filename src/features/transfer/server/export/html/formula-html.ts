import type { Branch, Glyph } from '#web/markdown/parse/tree.ts';
import { escaped } from './escaped.ts';

/** A formula in MathML, which browsers draw with the fonts they have; its source where it could not be set. */
export function formulaHtml({ tex, display, drawn }: Extract<Branch, { tag: 'math' }>): string {
  const math = drawn && mathIn(drawn);
  if (math) return display ? `<div class="formula">${glyphHtml(math)}</div>` : glyphHtml(math);
  return `<code class="formula" dir="ltr">${escaped(tex)}</code>`;
}

/** What is set comes twice, for the eye in boxes and for readers in MathML; the second needs no style sheet. */
function mathIn(glyph: Glyph): Glyph | null {
  if (typeof glyph === 'string' || glyph.name === 'math') return typeof glyph === 'string' ? null : glyph;
  for (const child of glyph.children) {
    const found = mathIn(child);
    if (found) return found;
  }
  return null;
}

/** Names and attributes are those of `read-markup.ts`. Styles are left out: the page's policy allows none. */
function glyphHtml(glyph: Glyph): string {
  if (typeof glyph === 'string') return escaped(glyph);
  const attributes = Object.entries(glyph.attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  if (isLetter(glyph)) attributes.push(' class="letter"');
  return `<${glyph.name}${attributes.join('')}>${glyph.children.map(glyphHtml).join('')}</${glyph.name}>`;
}

/** A letter that stands for something: browsers take it from a font of letters for formulas, which not every system has. */
const isLetter = ({ name, attributes, children }: Exclude<Glyph, string>): boolean =>
  name === 'mi' &&
  !attributes.mathvariant &&
  typeof children[0] === 'string' &&
  [...children[0]].length === 1;
