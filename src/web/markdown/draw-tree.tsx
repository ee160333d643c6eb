/** Draws a parsed tree: every element and every attribute is named here, and what is not does not exist (an allow-list). */
import { type CSSProperties, createElement, Fragment, type ReactNode } from 'react';
import { breakable } from './breakable.tsx';
import { DrawnCode } from './drawn-code.tsx';
import { FootnoteMark } from './footnote-mark.tsx';
import type { Align, Branch, Tree } from './parse/tree.ts';
import { RemoteImage } from './remote-image.tsx';
import { ScrollingTable } from './scrolling-table.tsx';

/** Draws a block's tree. Its elements find their own direction, by their first letter; what is in them has the same. */
export function drawTree(tree: Tree): ReactNode {
  if (typeof tree === 'string') return tree;
  return tree.children.map((child, index) => draw(child, index, 'auto'));
}

const drawAll = (children: readonly Tree[]): ReactNode =>
  children.map((child, index) => draw(child, index, undefined));

function draw(tree: Tree, key: number, dir: 'auto' | undefined): ReactNode {
  if (typeof tree === 'string') return <Fragment key={key}>{breakable(tree)}</Fragment>;
  switch (tree.tag) {
    case 'root':
      return drawAll(tree.children);
    case 'pre':
      return <DrawnCode key={key} code={tree.code} language={tree.language} />;
    case 'hr':
    case 'br':
      return createElement(tree.tag, { key });
    case 'ol':
      return (
        <ol key={key} dir={dir} start={tree.start === 1 ? undefined : tree.start}>
          {drawAll(tree.children)}
        </ol>
      );
    case 'li':
      return (
        <li key={key} className={tree.task ? 'task' : undefined}>
          {drawAll(tree.children)}
        </li>
      );
    case 'label':
      // biome-ignore lint/a11y/noLabelWithoutControl: the box is the first of its children
      return <label key={key}>{drawAll(tree.children)}</label>;
    case 'box':
      return <input key={key} type="checkbox" checked={tree.checked} disabled readOnly />;
    case 'a':
      return drawLink(tree, key);
    case 'img':
      return <RemoteImage key={key} src={tree.src} alt={tree.alt} />;
    case 'note':
      return <FootnoteMark key={key} label={tree.label} />;
    case 'table':
      return <ScrollingTable key={key}>{drawAll(tree.children)}</ScrollingTable>;
    case 'th':
    case 'td':
      return createElement(tree.tag, { key, style: aligned(tree.align) }, drawAll(tree.children));
    case 'code':
      // A word of code among words of another script keeps its own direction.
      return (
        <code key={key} dir="auto">
          {drawAll(tree.children)}
        </code>
      );
    default:
      return createElement(tree.tag, { key, dir }, drawAll(tree.children));
  }
}

function drawLink(tree: Extract<Branch, { tag: 'a' }>, key: number): ReactNode {
  if (!leadsOut(tree.href)) return <span key={key}>{drawAll(tree.children)}</span>;
  return (
    <a
      key={key}
      href={tree.href}
      title={tree.title ?? undefined}
      target="_blank"
      rel="noopener noreferrer nofollow"
    >
      {drawAll(tree.children)}
    </a>
  );
}

/** The parser has hardened addresses already; whatever it let through, nothing but these is ever put on the page. */
const leadsOut = (href: string): boolean => /^(?:https?:|ircs?:|mailto:|xmpp:|[#/.])/i.test(href);

const aligned = (align: Align | null): CSSProperties | undefined =>
  align ? { textAlign: align } : undefined;
