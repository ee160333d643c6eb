import { Fragment, type ReactNode } from 'react';
import type { Scope } from './parse/tree.ts';

/** Draws coloured code: elements with class names of our own, never HTML. */
export function drawScope(scope: Scope): ReactNode {
  const children = scope.children.map((child, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the tree is drawn anew as a whole
    <Fragment key={index}>{typeof child === 'string' ? child : drawScope(child)}</Fragment>
  ));
  if (!scope.name) return children;
  const classes = scope.name.split('.').map((part, depth) => (depth === 0 ? `hl-${part}` : `hl-${part}_`));
  return <span className={classes.join(' ')}>{children}</span>;
}
