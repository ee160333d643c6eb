/** Link definitions and footnotes: stated in one block of a text, meant by others. */

/** A footnote's own Markdown, without its label. */
export type FootnoteText = { readonly label: string; readonly text: string };

const DEFINITION = /^ {0,3}\[(?!\^)((?:[^\][\\\n]|\\.){1,200})\]:[ \t]*\S.*$/gm;
const FOOTNOTE = /^\s* {0,3}\[\^([^\]\s]{1,200})\]:[ \t]*/;
const LABEL = /\[(\^?[^\][\n]{1,200})\]/g;
/** More labels than this in one block are no references anybody follows. */
const MOST_LABELS = 100;

/** Labels are the same whatever their case and blanks. */
const sameLabel = (label: string): string => label.replace(/\s+/g, ' ').trim().toLowerCase();

/** The definitions that stand in a block, each as the line it is. The first of a label counts. */
export function definitionsIn(block: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (!block.includes(']:')) return found;
  for (const [line, label] of block.matchAll(DEFINITION)) {
    const key = sameLabel(label!);
    if (!found.has(key) && line.length <= 2000) found.set(key, line.trim());
  }
  return found;
}

/** The footnote a block is, if it is one. */
export function footnoteOf(block: string): FootnoteText | null {
  const head = FOOTNOTE.exec(block);
  if (!head) return null;
  return { label: sameLabel(head[1]!), text: block.slice(head[0].length).replace(/^(?: {4}|\t)/gm, '') };
}

/** The labels a block may refer to. */
export function labelsIn(block: string): readonly string[] {
  const found = new Set<string>();
  if (!block.includes(']')) return [];
  for (const [, label] of block.matchAll(LABEL)) {
    found.add(sameLabel(label!));
    if (found.size >= MOST_LABELS) break;
  }
  return [...found];
}
