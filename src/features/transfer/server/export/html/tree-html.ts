/** Writes parsed Markdown as HTML: every element and attribute is named here, and what is not does not exist (an allow-list). */
import type { Branch, Tree } from '#web/markdown/parse/tree.ts';
import { type OpenHeadings, pageLevel, withHeading } from '#web/markdown/text/headings.ts';
import { codeHtml } from './code-html.ts';
import { escaped } from './escaped.ts';
import { formulaHtml } from './formula-html.ts';

/** What the elements of one text have in common. */
export type Place = {
  /** The headings that are open; they change as one goes through the text in order. */
  open: OpenHeadings;
  /** Begins the ids of this text's footnotes. */
  readonly id: string;
  readonly numbers: ReadonlyMap<string, number>;
  /** The footnotes that were meant already: the first place alone has the id that leads back. */
  readonly meant: Set<number>;
};

export function treeHtml(tree: Tree, place: Place, dir = ' dir="auto"'): string {
  if (typeof tree === 'string') return escaped(tree);
  // The blocks of a text find their own direction, and what is in them has the same.
  const inner = (): string => tree.children.map((child) => treeHtml(child, place, '')).join('');
  switch (tree.tag) {
    case 'root':
      return `${tree.children.map((child) => treeHtml(child, place, dir)).join('')}\n`;
    case 'pre':
      return codeHtml(tree.code, tree.language);
    case 'math':
      return formulaHtml(tree);
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      return heading(tree, place, dir, inner);
    case 'hr':
    case 'br':
      return `<${tree.tag}>`;
    case 'ol':
      return `<ol${dir}${tree.start === 1 ? '' : ` start="${Math.trunc(tree.start)}"`}>${inner()}</ol>`;
    case 'li':
      return `<li${tree.task ? ' class="task"' : ''}>${inner()}</li>`;
    case 'box':
      return `<input type="checkbox" disabled${tree.checked ? ' checked' : ''}>`;
    case 'a':
      return link(tree.href, inner(), tree.title);
    case 'img':
      return link(tree.src, escaped(tree.alt || tree.src));
    case 'note':
      return footnoteMark(tree.label, place);
    case 'table':
      return `<div class="table"><table>${inner()}</table></div>`;
    case 'th':
    case 'td':
      return `<${tree.tag}${tree.align ? ` class="${tree.align}"` : ''}>${inner()}</${tree.tag}>`;
    case 'code':
      return `<code dir="auto">${inner()}</code>`;
    default:
      return `<${tree.tag}${dir}>${inner()}</${tree.tag}>`;
  }
}

/** Looks as what it is in the text, and stands below the name of who says it. */
function heading(tree: Branch, place: Place, dir: string, inner: () => string): string {
  const level = Number(tree.tag.slice(1));
  place.open = withHeading(place.open, level);
  const tag = `h${pageLevel(place.open)}`;
  return `<${tag}${dir} class="heading-${level}">${inner()}</${tag}>`;
}

/** A picture is a link to it, which nothing asks for before a click. A file knows no addresses but whole ones. */
function link(address: string, inner: string, title: string | null = null): string {
  if (!/^(?:https?:\/\/|ircs?:|mailto:|xmpp:)/i.test(address)) return inner;
  const attributes = `href="${escaped(address)}"${title === null ? '' : ` title="${escaped(title)}"`}`;
  return `<a ${attributes} target="_blank" rel="noopener noreferrer nofollow">${inner}</a>`;
}

function footnoteMark(label: string, { id, numbers, meant }: Place): string {
  const number = numbers.get(label);
  if (number === undefined) return '';
  const name = meant.has(number) ? '' : ` id="${id}-mark-${number}"`;
  meant.add(number);
  return `<sup><a${name} href="#${id}-text-${number}">${number}</a></sup>`;
}
