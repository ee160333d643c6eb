/** Code in colours. highlight.js finds the words; they become a tree of scopes here, never HTML. */
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import dart from 'highlight.js/lib/languages/dart';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import elixir from 'highlight.js/lib/languages/elixir';
import go from 'highlight.js/lib/languages/go';
import graphql from 'highlight.js/lib/languages/graphql';
import haskell from 'highlight.js/lib/languages/haskell';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import latex from 'highlight.js/lib/languages/latex';
import less from 'highlight.js/lib/languages/less';
import lua from 'highlight.js/lib/languages/lua';
import makefile from 'highlight.js/lib/languages/makefile';
import markdown from 'highlight.js/lib/languages/markdown';
import nginx from 'highlight.js/lib/languages/nginx';
import objectivec from 'highlight.js/lib/languages/objectivec';
import perl from 'highlight.js/lib/languages/perl';
import php from 'highlight.js/lib/languages/php';
import powershell from 'highlight.js/lib/languages/powershell';
import properties from 'highlight.js/lib/languages/properties';
import protobuf from 'highlight.js/lib/languages/protobuf';
import python from 'highlight.js/lib/languages/python';
import r from 'highlight.js/lib/languages/r';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import scala from 'highlight.js/lib/languages/scala';
import scss from 'highlight.js/lib/languages/scss';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import type { Scope } from './tree.ts';

const LANGUAGES = {
  bash,
  c,
  cpp,
  csharp,
  css,
  dart,
  diff,
  dockerfile,
  elixir,
  go,
  graphql,
  haskell,
  ini,
  java,
  javascript,
  json,
  kotlin,
  latex,
  less,
  lua,
  makefile,
  markdown,
  nginx,
  objectivec,
  perl,
  php,
  powershell,
  properties,
  protobuf,
  python,
  r,
  ruby,
  rust,
  scala,
  scss,
  shell,
  sql,
  swift,
  typescript,
  xml,
  yaml,
};
for (const [name, language] of Object.entries(LANGUAGES)) hljs.registerLanguage(name, language);

/** Longer code, and code with longer lines, is shown without colours: patterns of a language may go over a line again and again. */
const LONGEST_COLOURED = 60_000;
const LONGEST_LINE = 2000;
/** More scopes than this are not drawn. */
const MOST_SCOPES = 8000;

type OpenScope = { name: string; children: (OpenScope | string)[] };

/** What highlight.js calls while it reads; builds a tree of scopes instead of a string of HTML. */
class ScopeTree {
  readonly root: OpenScope = { name: '', children: [] };
  scopes = 0;
  readonly #open: OpenScope[] = [this.root];

  addText(text: string): void {
    if (text) this.#open.at(-1)!.children.push(text);
  }
  startScope(name: string): void {
    this.scopes++;
    const scope: OpenScope = { name, children: [] };
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
    this.scopes += other.scopes;
    this.#open.at(-1)!.children.push(name ? { ...other.root, name } : { ...other.root });
  }
  toHTML(): string {
    return '';
  }
}
hljs.configure({ __emitter: ScopeTree as never });

/** The code as scopes; null for a language that is not known here, and for code that is too much to colour. */
export function colourCode(code: string, language: string): Scope | null {
  const name = language.toLowerCase();
  if (!hljs.getLanguage(name) || code.length > LONGEST_COLOURED) return null;
  if (code.split('\n').some((line) => line.length > LONGEST_LINE)) return null;
  const { _emitter } = hljs.highlight(code, { language: name, ignoreIllegals: true });
  const { root, scopes } = _emitter as unknown as ScopeTree;
  return scopes > MOST_SCOPES ? null : root;
}
