import { colourCode } from '#web/markdown/parse/colour-code.ts';
import type { Scope } from '#web/markdown/parse/tree.ts';
import { escaped } from './escaped.ts';

/** Code in the colours of its language, as far as that is known. */
export function codeHtml(code: string, language: string): string {
  const scope = language ? coloured(code, language) : null;
  return `<pre dir="auto">${scope ? scopeHtml(scope) : escaped(code)}</pre>\n`;
}

function coloured(code: string, language: string): Scope | null {
  try {
    return colourCode(code, language);
  } catch {
    return null;
  }
}

/** `title.function_` is a scope `title`, and a closer one. */
function scopeHtml({ name, children }: Scope): string {
  const inner = children.map((child) => (typeof child === 'string' ? escaped(child) : scopeHtml(child)));
  const kind = /^[a-z_-]+/.exec(name)?.[0];
  return kind ? `<span class="c-${kind}">${inner.join('')}</span>` : inner.join('');
}
