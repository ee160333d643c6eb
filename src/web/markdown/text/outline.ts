/** A growing Markdown text as its blocks, each looked at once: what code it is, what it defines, and what it refers to. */
import { definitionsIn, type FootnoteText, footnoteOf, labelsIn } from './definitions.ts';
import { headingsIn } from './headings.ts';
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
  /** The levels of its headings. */
  readonly headings: readonly number[];
};

export type Outline = {
  readonly text: string;
  readonly blocks: readonly Block[];
  /** What comes after as many blocks and characters as are drawn: shown as it is. */
  readonly tail: string;
  /** Where the last block but one begins: the last one's first line may still turn out to belong to it. */
  readonly openFrom: number;
};

const EMPTY: Outline = { text: '', blocks: [], tail: '', openFrom: 0 };

/** No answer is longer, but what is stored may be. */
const MOST_BLOCKS = 3000;
const MOST_CHARACTERS = 300_000;

/** Cuts a text into blocks; if it goes on where `before` ended, only from that one's last two blocks on (incremental). */
export function outline(text: string, before: Outline = EMPTY): Outline {
  if (text === before.text) return before;
  const goesOn = text.startsWith(before.text);
  if (goesOn && before.tail) return { ...before, text, tail: before.tail + text.slice(before.text.length) };
  const settled = goesOn ? before.blocks.slice(0, -2) : [];
  const pieces = splitBlocks(text.slice(0, MOST_CHARACTERS), goesOn ? before.openFrom : 0);
  const kept = pieces.slice(0, MOST_BLOCKS - settled.length);
  const end = pieces[kept.length]?.start ?? MOST_CHARACTERS;
  return {
    text,
    blocks: [...settled, ...kept.map((piece, at) => same(before.blocks[settled.length + at], piece))],
    tail: text.slice(end),
    openFrom: (kept.at(-2) ?? kept.at(-1))?.start ?? 0,
  };
}

/** What has not changed stays the same object, and is not drawn again. */
const same = (before: Block | undefined, piece: Piece): Block =>
  before?.text === piece.text ? before : toBlock(piece);

function toBlock({ text }: Piece): Block {
  const fence = readFence(text);
  if (fence) return { text, fence, definitions: new Map(), footnote: null, labels: [], headings: [] };
  const footnote = footnoteOf(text);
  return {
    text,
    fence,
    definitions: definitionsIn(text),
    footnote,
    labels: labelsIn(text),
    headings: footnote ? [] : headingsIn(text),
  };
}
