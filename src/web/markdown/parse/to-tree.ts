/** Takes from what the parser made (hast) what may be drawn, and nothing else (an allow-list). */
import { DISPLAY, OPEN_DISPLAY } from '../text/display-math.ts';
import { type Align, PLAIN_TAGS, type PlainTag, type Tree } from './tree.ts';

/** A node of hast, as far as it is looked at. */
export type HastNode = {
  readonly type: string;
  readonly tagName?: string;
  readonly value?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly children?: readonly HastNode[];
};

/** Above these a block is shown as it is: React and layout pay for every node. */
const MOST_NODES = 12_000;
const DEEPEST = 100;

const PLAIN: ReadonlySet<string> = new Set(PLAIN_TAGS);

/** Throws if the tree is too large. */
export function toTree(root: HastNode): Tree {
  let nodes = 0;
  const visit = (node: HastNode, depth: number): Tree[] => {
    if (++nodes > MOST_NODES || depth > DEEPEST) throw new Error('too large to draw');
    // Raw HTML is text like any other.
    if (node.type === 'text' || node.type === 'raw') return [node.value ?? ''];
    if (node.type !== 'element') return [];
    if (node.tagName === 'pre') return [codeOf(node)];
    const children = (node.children ?? []).flatMap((child) => visit(child, depth + 1));
    return branch(node, children);
  };
  return { tag: 'root', children: (root.children ?? []).flatMap((child) => visit(child, 1)) };
}

function branch(node: HastNode, children: Tree[]): Tree[] {
  const { tagName: tag = '', properties = {} } = node;
  if (PLAIN.has(tag)) return [{ tag: tag as PlainTag, children }];
  switch (tag) {
    case 'a':
      return [{ tag, href: text(properties.href) ?? '', title: text(properties.title), children }];
    case 'img':
      return [{ tag, src: text(properties.src) ?? '', alt: text(properties.alt) ?? '', children: [] }];
    case 'ol':
      return [{ tag, start: typeof properties.start === 'number' ? properties.start : 1, children }];
    case 'li':
      return [listItem(children)];
    case 'th':
    case 'td':
      return [{ tag, align: alignOf(properties.align), children }];
    case 'input':
      return [{ tag: 'box', checked: properties.checked === true, children: [] }];
    case 'formula':
      return [formula(text(properties.value) ?? '')];
    case 'sup':
      return [{ tag: 'note', label: text(properties.dataNote)?.toLowerCase() ?? '', children: [] }];
    default:
      return children;
  }
}

const isBox = (tree: Tree | undefined): boolean => typeof tree === 'object' && tree.tag === 'box';
const isBlock = (tree: Tree): boolean =>
  typeof tree === 'object' && /^(?:ul|ol|p|pre|blockquote|table|h[1-6]|hr)$/.test(tree.tag);

/** An item; of a task, the box and its words become one label, so that the box has a name. */
function listItem(children: Tree[]): Tree {
  const at = children.findIndex((child) => typeof child === 'object');
  const first = children[at];
  if (isBox(first)) {
    const end = children.findIndex((child, index) => index > at && isBlock(child));
    const words = end === -1 ? children : children.slice(0, end);
    const rest = end === -1 ? [] : children.slice(end);
    return { tag: 'li', task: true, children: [{ tag: 'label', children: words }, ...rest] };
  }
  if (typeof first === 'object' && first.tag === 'p' && isBox(first.children[0])) {
    const paragraph: Tree = { tag: 'p', children: [{ tag: 'label', children: first.children }] };
    return { tag: 'li', task: true, children: [paragraph, ...children.slice(at + 1)] };
  }
  return { tag: 'li', task: false, children };
}

/** The text and language of a `<pre><code class="language-x">`. */
function codeOf(node: HastNode): Tree {
  const inner = node.children?.[0];
  const names = Array.isArray(inner?.properties?.className) ? inner.properties.className.map(String) : [];
  const language = names.find((name) => name.startsWith('language-'))?.slice('language-'.length) ?? '';
  const words = (inner?.children ?? []).map((child) => child.value ?? '').join('');
  const code = words.replace(/\n$/, '');
  if (language === DISPLAY || language === OPEN_DISPLAY)
    return {
      tag: 'math',
      tex: code,
      display: true,
      open: language === OPEN_DISPLAY,
      drawn: null,
      children: [],
    };
  return { tag: 'pre', code, language, children: [] };
}

/** A formula within a line, from its text with its marks. */
function formula(source: string): Tree {
  const marks = /^(?:\$\$|\$|\\.)/.exec(source)?.[0].length ?? 0;
  const display = source.startsWith('$$') || source.startsWith('\\[');
  const tex = source.slice(marks, -marks).trim();
  return { tag: 'math', tex, display, open: false, drawn: null, children: [] };
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const alignOf = (value: unknown): Align | null =>
  value === 'left' || value === 'center' || value === 'right' ? value : null;
