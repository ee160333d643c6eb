/** A growing Markdown text as its blocks, each looked at once: what code it is, what it defines, and what it refers to. */
import { definitionsIn, type FootnoteText, footnoteOf, labelsIn } from './definitions.ts';
import { type FencedCode, readFence } from './read-fence.ts';
import { type Piece, splitBlocks } from './split-blocks.ts';

export type Block = {
  readonly text: string;
  /** The block is this code and nothing else. */
  readonly fence: FencedCode | null;
  /** Link definitions by label, each as its line. */
  readonly definitions: ReadonlyMap<string, string>;
  /** The block is this footnote's text: drawn at the end. */
  readonly footnote: FootnoteText | null;
  /** Labels in brackets; those of footnotes begin with `^`. */
  readonly labels: readonly string[];
};

export type Outline = { readonly text: string; readonly blocks: readonly Block[]; readonly lastFrom: number };

const EMPTY: Outline = { text: '', blocks: [], lastFrom: 0 };

/** From this block on small ones are taken together, so that a text of nothing but short lines is not thousands of them. */
const FINE_BLOCKS = 200;
const COARSE_CHARACTERS = 1000;

/** Cuts a text into blocks; if it goes on where `before` ended, only from that one's last block on (incremental). */
export function outline(text: string, before: Outline = EMPTY): Outline {
  if (text === before.text) return before;
  const goesOn = text.startsWith(before.text);
  const settled = goesOn ? before.blocks.slice(0, -1) : [];
  const pieces = joinSmall(splitBlocks(text, goesOn ? before.lastFrom : 0), FINE_BLOCKS - settled.length);
  const blocks = [...settled, ...pieces.map(toBlock)];
  return { text, blocks, lastFrom: pieces.at(-1)?.start ?? 0 };
}

function toBlock({ text }: Piece): Block {
  const fence = readFence(text);
  if (fence) return { text, fence, definitions: new Map(), footnote: null, labels: [] };
  return {
    text,
    fence,
    definitions: definitionsIn(text),
    footnote: footnoteOf(text),
    labels: labelsIn(text),
  };
}

/** `fine`: how many stay as they are. Fences and footnotes always do. */
function joinSmall(pieces: readonly Piece[], fine: number): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const small = last && joined.length > fine && last.text.length + piece.text.length < COARSE_CHARACTERS;
    if (small && !standsAlone(last.text) && !standsAlone(piece.text))
      joined[joined.length - 1] = { start: last.start, text: `${last.text}\n${piece.text}` };
    else joined.push(piece);
  }
  return joined;
}

const standsAlone = (text: string): boolean => /^\s*(?:`{3}|~{3}|\[\^)/.test(text);
