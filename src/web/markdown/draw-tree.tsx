/** Draws a parsed tree: every element and every attribute is named here, and what is not does not exist (an allow-list). */
import { type CSSProperties, createElement, Fragment, type ReactNode } from 'react';
import { breakable } from './breakable.tsx';
import { DrawnCode } from './drawn-code.tsx';
import { FootnoteMark } from './footnote-mark.tsx';
import { Formula } from './math/formula.tsx';
import type { Align, Branch, Tree } from './parse/tree.ts';
import { RemoteImage } from './picture/remote-image.tsx';
import { ScrollingTable } from './scrolling-table.tsx';
import { type OpenHeadings, pageLevel, withHeading } from './text/headings.ts';

/** Where in the text one is: the headings that are open, which change as one goes through it in order. */
type Place = { open: OpenHeadings };

/**
 * Draws a block's tree, which stands under the headings `open`. Its elements find their own direction, by their first letter; what
 * is in them has the same.
 */
export function drawTree(tree: Tree, open: OpenHeadings): ReactNode {
  if (typeof tree === 'string') return tree;
  const place = { open };
  return tree.children.map((child, index) => draw(child, index, 'auto', place));
}

const drawAll = (children: readonly Tree[], place: Place): ReactNode =>
  children.map((child, index) => draw(child, index, undefined, place));

function draw(tree: Tree, key: number, dir: 'auto' | undefined, place: Place): ReactNode {
  if (typeof tree === 'string') return <Fragment key={key}>{breakable(tree)}</Fragment>;
  switch (tree.tag) {
    case 'root':
      return drawAll(tree.children, place);
    case 'pre':
      return <DrawnCode key={key} code={tree.code} language={tree.language} />;
    case 'math':
      return <Formula key={key} tex={tree.tex} display={tree.display} drawn={tree.drawn} />;
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      return drawHeading(tree, key, dir, place);
    case 'hr':
    case 'br':
      return createElement(tree.tag, { key });
    case 'ol':
      return (
        <ol key={key} dir={dir} start={tree.start === 1 ? undefined : tree.start}>
          {drawAll(tree.children, place)}
        </ol>
      );
    case 'li':
      return (
        <li key={key} className={tree.task ? 'task' : undefined}>
          {drawAll(tree.children, place)}
        </li>
      );
    case 'label':
      // biome-ignore lint/a11y/noLabelWithoutControl: the box is the first of its children
      return <label key={key}>{drawAll(tree.children, place)}</label>;
    case 'box':
      return <input key={key} type="checkbox" checked={tree.checked} disabled readOnly />;
    case 'a':
      return drawLink(tree, key, place);
    case 'img':
      return <RemoteImage key={key} src={tree.src} alt={tree.alt} />;
    case 'note':
      return <FootnoteMark key={key} label={tree.label} />;
    case 'table':
      return <ScrollingTable key={key}>{drawAll(tree.children, place)}</ScrollingTable>;
    case 'th':
    case 'td':
      return createElement(tree.tag, { key, style: aligned(tree.align) }, drawAll(tree.children, place));
    case 'code':
      // A word of code among words of another script keeps its own direction.
      return (
        <code key={key} dir="auto">
          {drawAll(tree.children, place)}
        </code>
      );
    default:
      return createElement(tree.tag, { key, dir }, drawAll(tree.children, place));
  }
}

/** Looks as what it is in the text, and stands on the page below the reply it is in. */
function drawHeading(tree: Branch, key: number, dir: 'auto' | undefined, place: Place): ReactNode {
  const level = Number(tree.tag.slice(1));
  place.open = withHeading(place.open, level);
  const attributes = { key, dir, className: `heading-${level}` };
  return createElement(`h${pageLevel(place.open)}`, attributes, drawAll(tree.children, place));
}

function drawLink(tree: Extract<Branch, { tag: 'a' }>, key: number, place: Place): ReactNode {
  if (!leadsOut(tree.href)) return <span key={key}>{drawAll(tree.children, place)}</span>;
  return (
    <a
      key={key}
      href={tree.href}
      title={tree.title ?? undefined}
      target="_blank"
      rel="noopener noreferrer nofollow"
    >
      {drawAll(tree.children, place)}
    </a>
  );
}

/** The parser has hardened addresses already; whatever it let through, nothing but these is ever put on the page. */
const leadsOut = (href: string): boolean => /^(?:https?:|ircs?:|mailto:|xmpp:|[#/.])/i.test(href);

const aligned = (align: Align | null): CSSProperties | undefined =>
  align ? { textAlign: align } : undefined;
