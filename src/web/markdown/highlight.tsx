/** Code in colours. highlight.js finds the words; they become elements here, never HTML. */
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import lua from 'highlight.js/lib/languages/lua';
import markdown from 'highlight.js/lib/languages/markdown';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import r from 'highlight.js/lib/languages/r';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { Fragment, type ReactNode } from 'react';

const LANGUAGES = {
  bash,
  c,
  cpp,
  csharp,
  css,
  diff,
  dockerfile,
  go,
  ini,
  java,
  javascript,
  json,
  kotlin,
  lua,
  markdown,
  php,
  python,
  r,
  ruby,
  rust,
  shell,
  sql,
  swift,
  typescript,
  xml,
  yaml,
};
for (const [name, language] of Object.entries(LANGUAGES)) hljs.registerLanguage(name, language);

type Scope = { name: string; children: (Scope | string)[] };

/** What highlight.js calls while it reads; builds a tree of scopes instead of a string of HTML. */
class ScopeTree {
  readonly root: Scope = { name: '', children: [] };
  readonly #open: Scope[] = [this.root];

  addText(text: string): void {
    if (text) this.#open.at(-1)!.children.push(text);
  }
  startScope(name: string): void {
    const scope: Scope = { name, children: [] };
    this.#open.at(-1)!.children.push(scope);
    this.#open.push(scope);
  }
  endScope(): void {
    if (this.#open.length > 1) this.#open.pop();
  }
  openNode(name: string): void {
    this.startScope(name);
  }
  closeNode(): void {
    this.endScope();
  }
  closeAllNodes(): void {
    this.#open.length = 1;
  }
  finalize(): void {
    this.closeAllNodes();
  }
  __addSublanguage(other: ScopeTree, name: string): void {
    this.#open.at(-1)!.children.push(name ? { ...other.root, name } : { ...other.root });
  }
  toHTML(): string {
    return '';
  }
}
hljs.configure({ __emitter: ScopeTree as never });

/** The code as coloured elements; null for a language that is not known here. */
export function highlight(code: string, language: string): ReactNode {
  const name = language.toLowerCase();
  if (!hljs.getLanguage(name)) return null;
  const { _emitter } = hljs.highlight(code, { language: name, ignoreIllegals: true });
  return draw((_emitter as unknown as ScopeTree).root);
}

function draw(scope: Scope): ReactNode {
  const children = scope.children.map((child, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the tree is drawn anew as a whole
    <Fragment key={index}>{typeof child === 'string' ? child : draw(child)}</Fragment>
  ));
  if (!scope.name) return children;
  const classes = scope.name.split('.').map((part, depth) => (depth === 0 ? `hl-${part}` : `hl-${part}_`));
  return <span className={classes.join(' ')}>{children}</span>;
}
