/** What the blocks of one text say to one another: which links are defined, and which footnotes are meant in what order. */
import type { FootnoteText } from './definitions.ts';
import type { Block } from './outline.ts';

export type Footnote = FootnoteText & { readonly number: number };

export type References = {
  /** Footnotes with their text, in the order in which they are first meant. */
  readonly footnotes: readonly Footnote[];
  readonly numbers: ReadonlyMap<string, number>;
  /** Definitions to be put before a block, so that the parser knows what it refers to; empty for most. */
  prefixOf(block: Pick<Block, 'labels'>): string;
};

/** More than these are shown as they are written. */
const MOST_FOOTNOTES = 200;

/** Ends a footnote that stands before it; its label is nothing anybody writes. */
const TERMINATOR = '[\u2063]: #\n\n';

/** Collects definitions and footnotes across blocks. While the text grows a footnote is meant before its text has come. */
export function referencesOf(blocks: readonly Block[], growing: boolean): References {
  const links = new Map<string, string>();
  const texts = new Map<string, FootnoteText>();
  for (const { definitions, footnote } of blocks) {
    for (const [label, line] of definitions) if (!links.has(label)) links.set(label, line);
    if (footnote && !texts.has(footnote.label)) texts.set(footnote.label, footnote);
  }
  const numbers = new Map<string, number>();
  for (const block of blocks)
    for (const label of block.labels) {
      if (!label.startsWith('^') || block.footnote?.label === label.slice(1)) continue;
      const name = label.slice(1);
      if (numbers.size >= MOST_FOOTNOTES) break;
      if (!numbers.has(name) && (growing || texts.has(name))) numbers.set(name, numbers.size + 1);
    }
  const footnotes = [...numbers].flatMap(([label, number]) => {
    const found = texts.get(label);
    return found ? [{ ...found, number }] : [];
  });
  return {
    footnotes,
    numbers,
    prefixOf({ labels }) {
      const lines = labels.flatMap((label) => {
        if (label.startsWith('^')) return numbers.has(label.slice(1)) ? [`[${label}]: x\n\n`] : [];
        const line = links.get(label);
        return line ? [`${line}\n\n`] : [];
      });
      return lines.length === 0 ? '' : lines.join('') + TERMINATOR;
    },
  };
}
