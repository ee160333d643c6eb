/** Sets the formulas of a tree with KaTeX, in the worker for texts that have any, which can be ended. */
import katex from 'katex';
import { readMarkup } from './read-markup.ts';
import type { Branch, Glyph, Tree } from './tree.ts';

/** Milliseconds for all formulas of a block; what is left then stays as it is written. */
const MOST_MS = 50;
/** Characters of one formula. */
const LONGEST = 6000;

/** The tree with each formula drawn, or left as it is written where it cannot be, or not in time. */
export function typesetAll(tree: Tree): Tree {
  const until = performance.now() + MOST_MS;
  const visit = (node: Tree): Tree => {
    if (typeof node === 'string') return node;
    if (node.tag === 'math') {
      const wanted = !node.open && performance.now() < until;
      return wanted ? { ...node, drawn: typeset(node.tex, node.display) } : node;
    }
    return { ...node, children: node.children.map(visit) } as Branch;
  };
  return visit(tree);
}

/** A formula as it is drawn; null: it is none, or asks for too much. */
export function typeset(tex: string, display: boolean): Glyph | null {
  if (tex.length > LONGEST) return null;
  try {
    return readMarkup(
      katex.renderToString(tex, {
        displayMode: display,
        throwOnError: true,
        strict: 'ignore',
        // No links, no pictures, no classes or styles of the text's own.
        trust: false,
        // Definitions that go on defining, and rules and blanks larger than a page.
        maxExpand: 300,
        maxSize: 20,
        output: 'htmlAndMathml',
      }),
    );
  } catch {
    return null;
  }
}
