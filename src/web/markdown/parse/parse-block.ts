/** Parses Markdown into a tree. Runs in a worker, and on the page for what is provably cheap: it needs no document. */
import { harden } from 'rehype-harden';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { fenceDisplays } from '../text/display-math.ts';
import { type FormulaNode, withMath } from './math-syntax.ts';
import { toTree } from './to-tree.ts';
import type { Tree } from './tree.ts';

// Links may go anywhere on the web and nowhere else; pictures are asked for by `RemoteImage`, after a click.
const HARDEN: Parameters<typeof harden>[0] = {
  defaultOrigin: 'https://parley.invalid',
  allowedLinkPrefixes: ['*'],
  allowedImagePrefixes: ['*'],
  linkBlockPolicy: 'text-only',
  imageBlockPolicy: 'text-only',
};

/** A node of our own among those of the parser, whose types know none. */
const FORMULA: object = {
  formula: (_state: unknown, { value }: FormulaNode) => ({
    type: 'element',
    tagName: 'formula',
    properties: { value },
    children: [],
  }),
};

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(withMath)
  .use(remarkRehype, {
    // HTML comes out as nodes of its own, which are drawn as the text they are.
    allowDangerousHtml: true,
    handlers: {
      // Numbered across blocks by whoever draws them, and so are their texts.
      footnoteReference: (_state, node: { identifier: string; label?: string | null }) => ({
        type: 'element' as const,
        tagName: 'sup',
        properties: { dataNote: node.label ?? node.identifier },
        children: [],
      }),
      ...FORMULA,
    },
  })
  .use(harden, HARDEN);

/** `prefix`: definitions the text refers to. Null: it cannot be parsed, or would be too much to draw. */
export function parseBlock(text: string, prefix = ''): Tree | null {
  try {
    return toTree(processor.runSync(processor.parse(prefix + fenceDisplays(text))));
  } catch {
    return null;
  }
}
